using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Compares a new app client with what Cognito was asked to create.</summary>
internal static class AppClientResult
{
    /// <exception cref="CognitoProvisioningException">The app client differs from the request.</exception>
    public static async Task RequireAsWantedAsync(
        PlanRun run, PlanStep step, UserPoolClient answered, AppClientBlueprint wanted, string? given, CancellationToken cancellationToken)
    {
        if (Compare(answered, wanted, given).IsEmpty)
            return;

        // An answer may leave members out. The description has all of them.
        var client = await run.Service.DescribeAppClientAsync(run.UserPoolId, answered.ClientId!, cancellationToken).ConfigureAwait(false);
        Compare(client, wanted, given).RequireNone(step);
    }

    private static Difference Compare(UserPoolClient client, AppClientBlueprint wanted, string? given)
    {
        var difference = AppClientDifference.Find(client, wanted);
        difference.Compare(nameof(client.ClientName), client.ClientName, wanted.Name);
        // A description need not show a secret that the request has given.
        var isShown = !string.IsNullOrEmpty(client.ClientSecret);
        if (given is null)
            difference.Compare(nameof(client.ClientSecret), Describe(isShown), Describe(AppClientSecrecy.IsNewWithSecret(wanted)));
        else if (isShown && client.ClientSecret != given)
            difference.Compare(nameof(client.ClientSecret), "another secret", "the given secret");
        return difference;
    }

    private static string? Describe(bool hasSecret) => hasSecret ? "present" : null;
}
