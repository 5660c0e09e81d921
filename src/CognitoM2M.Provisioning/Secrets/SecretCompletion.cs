using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>The secrets of all app clients after the steps of a plan.</summary>
/// <param name="Secrets">The secret of each app client by name; null for a secret that is not known.</param>
/// <param name="Unknown">The names of the app clients whose secret neither Cognito nor the sink has.</param>
internal sealed record SecretCompletion(IReadOnlyDictionary<string, string?> Secrets, IReadOnlyList<string> Unknown)
{
    /// <summary>Brings the sink up to date for the app clients whose secret the run has not stored.</summary>
    /// <param name="run">The run, with all its steps carried out.</param>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="delivery">Hands secrets to the sink; null without a sink.</param>
    /// <param name="cancellationToken">Ends the work between two app clients.</param>
    public static async Task<SecretCompletion> RunAsync(
        PlanRun run, Blueprint blueprint, SecretDelivery? delivery, CancellationToken cancellationToken)
    {
        var secrets = new Dictionary<string, string?>(StringComparer.Ordinal);
        var unknown = new List<string>();
        foreach (var wanted in blueprint.AppClients)
        {
            var (name, client) = (wanted.Name, run.AppClients[wanted.Name]);
            var (isHeld, secret) = delivery is null || run.HasStoredSecret(name)
                ? (!string.IsNullOrEmpty(client.Secret), client.Secret)
                : await delivery.CompleteAsync(client, run.UserPoolId, cancellationToken).ConfigureAwait(false);
            secrets[name] = secret;
            // Without a sink nobody has asked for secrets, so no secret is reported as unknown.
            if (!isHeld && delivery is not null && !AppClientSecrecy.MayLackSecret(wanted))
                unknown.Add(name);
        }

        return new(secrets, unknown);
    }
}
