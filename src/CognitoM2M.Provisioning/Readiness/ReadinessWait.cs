namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Waits until app clients get tokens.</summary>
internal sealed class ReadinessWait(TokenProbe probe, ProgressReport progress, TimeProvider time)
{
    /// <summary>Waits for all of them, one after the other: what keeps one waiting mostly keeps all.</summary>
    /// <param name="clients">The clients with their secrets; null for one that is not known.</param>
    /// <param name="options">How long, and how often.</param>
    /// <param name="hasNewDomain">Whether the domain's name may not exist yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task WaitAsync(
        IReadOnlyList<(ProbedClient Client, string? Secret)> clients, ReadyOptions options, bool hasNewDomain, CancellationToken cancellationToken)
    {
        var unknown = clients.Where(item => string.IsNullOrEmpty(item.Secret)).Select(item => $"'{item.Client.Name}'").ToList();
        if (unknown.Count > 0)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"Cognito no longer shows the secret of {string.Join(", ", unknown)}, so no token can be asked for.",
                "Give the sink that holds it, or rotate the secret.");
        }

        var startedAt = time.GetTimestamp();
        if (hasNewDomain && clients.Any(item => item.Client.Route != AppClientRoute.GetClientToken))
        {
            progress.Wait("the name of the new domain, before it is looked up for the first time", 0, clients.Count);
            await Task.Delay(options.FirstLookupAfter, time, cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < clients.Count; i++)
            await WaitAsync(clients[i].Client, clients[i].Secret!, options, startedAt, i, clients.Count, cancellationToken).ConfigureAwait(false);
        progress.Wait("nothing more: every app client gets tokens", clients.Count, clients.Count);
    }

    private async Task WaitAsync(
        ProbedClient client, string secret, ReadyOptions options, long startedAt, int completed, int total, CancellationToken cancellationToken)
    {
        progress.Wait($"a token for app client '{client.Name}'", completed, total);
        while (await probe.TryAsync(client, secret, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            if (time.GetElapsedTime(startedAt) + options.Interval > options.Timeout)
            {
                throw new CognitoProvisioningException(
                    ProvisioningError.TimedOut, $"App client '{client.Name}' gets no token; last seen: {problem.TrimEnd('.')}.", Hint(problem, client));
            }

            progress.Wait($"a token for app client '{client.Name}'; last seen: {problem}", completed, total);
            await Task.Delay(options.Interval, time, cancellationToken).ConfigureAwait(false);
        }
    }

    private static string? Hint(string problem, ProbedClient client) =>
        client.TokenEndpoint is null ? null
        : problem.Contains("HTTP", StringComparison.Ordinal) ? null
        : $"A new domain can take minutes, a new custom domain an hour, and its DNS record is yours to make. Look up {client.TokenEndpoint.Host} yourself.";
}
