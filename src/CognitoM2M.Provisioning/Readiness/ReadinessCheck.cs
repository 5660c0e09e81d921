using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Waits until each app client of a user pool gets a token.</summary>
internal sealed class ReadinessCheck(IUserPoolService service, CognitoProvisionerOptions options, ProgressReport progress)
{
    /// <param name="outputs">The app clients and the token endpoint.</param>
    /// <param name="secrets">The secret of each app client by name; null for a secret that is not known.</param>
    /// <param name="ready">How long to wait, and how often to request a token.</param>
    /// <param name="hasNewDomain">Whether the domain is so new that its name may not resolve yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(
        ProvisioningOutputs outputs, IReadOnlyDictionary<string, string?> secrets, ReadyOptions ready, bool hasNewDomain,
        CancellationToken cancellationToken)
    {
        // Only a user gets a token of the route UserPassword, and blueprints make no users on AWS.
        var clients = outputs.AppClients
            .Where(client => client.Route != AppClientRoute.UserPassword)
            .Select(client => (new ProbedClient(client.Name, client.ClientId, client.Route, client.Scopes, outputs.TokenEndpoint, outputs.CustomDomainTarget), secrets[client.Name]))
            .ToList();

        using var probe = new TokenProbe(service, options);
        await new ReadinessWait(probe, progress, options.TimeProvider).WaitAsync(clients, ready, hasNewDomain, cancellationToken).ConfigureAwait(false);
    }
}
