namespace CognitoM2M.Provisioning.Readiness;

/// <summary>Waits until app clients get tokens.</summary>
internal sealed class ReadinessWait(TokenProbe probe, ProgressReport progress, TimeProvider time)
{
    private static readonly TimeSpan _mostSilence = TimeSpan.FromSeconds(15);

    /// <summary>Waits for the app clients one after the other, because usually the same cause delays all of them.</summary>
    /// <param name="clients">The app clients with their secrets; null for a secret that is not known.</param>
    /// <param name="options">How long to wait, and how often to request a token.</param>
    /// <param name="hasNewDomain">Whether the domain is so new that its name may not resolve yet.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="CognitoProvisioningException">A secret is not known, or an app client got no token in time.</exception>
    public async Task WaitAsync(
        IReadOnlyList<(ProbedClient Client, string? Secret)> clients, ReadyOptions options, bool hasNewDomain, CancellationToken cancellationToken)
    {
        var unknown = clients.Where(item => string.IsNullOrEmpty(item.Secret)).Select(item => $"'{item.Client.Name}'").ToList();
        if (unknown.Count > 0)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Secret,
                $"Cognito no longer shows the secret of {string.Join(", ", unknown)}, so no token can be requested.",
                "Pass the sink that holds the secret, or rotate the secret.");
        }

        var startedAt = time.GetTimestamp();
        if (hasNewDomain && clients.Any(item => item.Client.Route is AppClientRoute.OAuth2 or AppClientRoute.Both))
        {
            await PauseAsync(
                options.FirstLookupAfter,
                () => progress.ReportWaiting("the name of the new domain, before the first lookup", 0, clients.Count),
                cancellationToken).ConfigureAwait(false);
        }

        for (var i = 0; i < clients.Count; i++)
            await WaitAsync(clients[i].Client, clients[i].Secret!, options, startedAt, i, clients.Count, cancellationToken).ConfigureAwait(false);
        progress.ReportWaiting("tokens: done, every app client gets tokens", clients.Count, clients.Count);
    }

    private async Task WaitAsync(
        ProbedClient client, string secret, ReadyOptions options, long startedAt, int completed, int total, CancellationToken cancellationToken)
    {
        progress.ReportWaiting($"a token for app client '{client.Name}'", completed, total);
        while (await probe.FindProblemAsync(client, secret, cancellationToken).ConfigureAwait(false) is { } problem)
        {
            var advice = DomainAdvice.Find(problem, client);
            if (time.GetElapsedTime(startedAt) + options.Interval > options.Timeout)
            {
                throw new CognitoProvisioningException(
                    ProvisioningError.TimedOut, $"App client '{client.Name}' gets no token. Last result: {problem.TrimEnd('.')}.", advice);
            }

            var seen = $"last result: {problem.TrimEnd('.')}{(advice is null ? "" : $". {advice}")}";
            await PauseAsync(
                options.Interval, () => progress.ReportWaiting($"a token for app client '{client.Name}'; {seen}", completed, total), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits, and says every 15 seconds for what, also if the pause is longer.</summary>
    private async Task PauseAsync(TimeSpan pause, Action report, CancellationToken cancellationToken)
    {
        for (var left = pause; left > TimeSpan.Zero; left -= _mostSilence)
        {
            report();
            await Task.Delay(left < _mostSilence ? left : _mostSilence, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
