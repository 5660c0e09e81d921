using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>
/// One setting of the app client. Cognito's answer to the token request decides, because it checks the settings in a known order. What the
/// account shows makes the answer more exact, and replaces it where no token request was sent.
/// </summary>
internal abstract class ClientSettingCheck(string name, ClientSetting setting) : Check(name)
{
    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        var subject = examination.Subject;
        if (FindReasonToSkip(subject) is { } reason)
            return CheckResult.Skipped(reason);
        if (examination.Answer is { Token: { } token })
            return FindProblem(subject, token) ?? CheckResult.Passed(DescribeSuccess(subject));

        var account = await examination.ReadAccountAsync(cancellationToken).ConfigureAwait(false);
        var result = account.Inspection is { } inspection && FindProblem(subject, inspection) is { } problem
            ? problem
            : Judge(examination, account);
        if (result.Verdict == Verdict.Failed)
            examination.RefusalReason ??= Name;
        return result;
    }

    /// <summary>Why the setting does not matter for the app client; null if it does.</summary>
    protected virtual string? FindReasonToSkip(Subject subject) => null;

    /// <summary>What is wrong although a token came; null if nothing is.</summary>
    protected virtual CheckResult? FindProblem(Subject subject, CognitoAccessToken token) => null;

    /// <summary>What is wrong in the account; null if nothing is, or if the account does not show it.</summary>
    protected abstract CheckResult? FindProblem(Subject subject, SetupInspection inspection);

    /// <summary>The result if the account shows the app client, and nothing wrong in this setting.</summary>
    protected virtual CheckResult DescribeReading(InspectedAppClient client) => CheckResult.Passed("Cognito shows the right setting.");

    protected abstract string DescribeSuccess(Subject subject);

    private CheckResult Judge(Examination examination, AccountReading account)
    {
        var suspects = examination.Answer?.Suspects ?? [];
        if (suspects.Count > 0 && setting < suspects[0])
            return CheckResult.Passed(DescribeSuccess(examination.Subject));
        if (suspects.Count > 0 && setting == suspects[^1] && examination.RefusalReason is null)
        {
            var failure = examination.Answer!.Failure!;
            return CheckResult.Failed(Failure.Create(failure).Code, $"Cognito answered with {failure.Error}.", failure.Hint);
        }

        if (account.Inspection?.AppClient is { } client)
            return DescribeReading(client);

        var reason = examination.Answer is null ? "No token request was sent."
            : suspects.Contains(setting) ? $"The error {examination.Answer.Failure!.Error} does not say whether this setting is wrong."
            : "Cognito refused the request before it checked this setting.";
        return CheckResult.Unknown(reason, account.Problem);
    }
}
