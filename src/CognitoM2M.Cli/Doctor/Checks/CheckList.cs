namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>All checks, in the order of the chain from the configuration to a verified token.</summary>
internal static class CheckList
{
    public static IReadOnlyList<Check> All { get; } =
    [
        new SettingsCheck(),
        new NameResolutionCheck(),
        new ConnectionCheck(),
        new ProxyCheck(),
        new TlsCheck(),
        new AnswerCheck(),
        new ClockCheck(),
        new TokenRequestCheck(),
        new DomainCheck(),
        new ClientIdCheck(),
        new SecretCheck(),
        new OAuthFlagCheck(),
        new FlowsCheck(),
        new ScopesCheck(),
        new UserCheck(),
        new KeySetCheck(),
        new IssuerCheck(),
        new VerificationCheck(),
        new ApiCheck(),
    ];

    /// <summary>Runs the checks one after the other. After a failed check of the connection to the token endpoint, no secret is sent.</summary>
    /// <param name="examination">The evidence.</param>
    /// <param name="report">Called before each check with its name.</param>
    /// <param name="cancellationToken">Ends the run.</param>
    public static async Task<IReadOnlyList<CompletedCheck>> RunAsync(Examination examination, Action<string> report, CancellationToken cancellationToken)
    {
        var completed = new List<CompletedCheck>();
        foreach (var check in All)
        {
            report(check.Name);
            var result = examination.Obstacle is { } obstacle && (check.IsOnTheWay || !examination.HasSubject)
                ? CheckResult.Skipped($"'{obstacle}' failed.")
                : await check.RunAsync(examination, cancellationToken).ConfigureAwait(false);
            completed.Add(new CompletedCheck(check.Name, result));
            if (check.IsOnTheWay && result.Verdict == Verdict.Failed)
                examination.Obstacle ??= check.Name;
        }

        return completed;
    }
}
