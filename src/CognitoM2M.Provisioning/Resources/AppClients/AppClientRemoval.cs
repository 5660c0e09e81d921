using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Deletes app clients.</summary>
internal static class AppClientRemoval
{
    public static async Task RunAsync(PlanRun run, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            await run.Service.CallAsync(AppClientOperations.Delete, new(run.UserPoolId, clientId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the app client.
        }
    }
}
