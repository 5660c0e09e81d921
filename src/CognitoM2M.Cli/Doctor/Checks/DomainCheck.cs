namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The domain exists, is in use, and belongs to the right user pool.</summary>
internal sealed class DomainCheck() : Check("domain")
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var subject = examination.Subject;
        if (!subject.UsesTokenEndpoint)
            return CheckResult.Skipped($"The route {subject.Options.Route} needs no domain.");
        if (examination.Answer is { IsFromCognito: true })
            return CheckResult.Passed("The domain answers as a user pool does.");
        if (subject.Domain is not { } name)
            return CheckResult.Unknown("The address does not say which domain it is.", "Name the domain with --domain instead of --token-endpoint.");

        var account = await examination.ReadAccountAsync(cancellationToken).ConfigureAwait(false);
        return account.Inspection switch
        {
            null => CheckResult.Unknown(account.Problem!),
            { Domain: null } => CheckResult.Failed(
                ExitCode.NotFound, $"Cognito knows no domain '{name}' in this account and region.", "Check the name, the account and the region, or create the domain: 'cognito-m2m apply' does."),
            { Domain: { Status: not "ACTIVE" } domain } => CheckResult.Failed(
                ExitCode.Failed,
                $"The domain '{name}' has the status {domain.Status}.",
                "A prefix domain is ready within a minute, a custom domain within an hour. If the status is FAILED, delete the domain and create it again."),
            { Domain: { UserPoolId: { } owner } } when subject.UserPoolId is { } expected && owner != expected => CheckResult.Failed(
                ExitCode.DomainTaken, $"The domain '{name}' belongs to user pool {owner}, not to {expected}.", "Use the domain of your user pool, or choose another name."),
            { Domain: { Target: { } target } } when name.Contains('.', StringComparison.Ordinal) =>
                CheckResult.Passed($"The domain is active. Its DNS record must point to {target}."),
            _ => CheckResult.Passed("The domain is active."),
        };
    }
}
