namespace CognitoM2M.Cli.Doctor.Checks;

/// <summary>The settings are complete, and do not contradict each other.</summary>
internal sealed class SettingsCheck() : Check("settings")
{
    public override bool IsOnTheWay => true;

    public override async Task<CheckResult> RunAsync(Examination examination, CancellationToken cancellationToken)
    {
        try
        {
            await examination.ReadSubjectAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (Failure.Create(error) is { Code: not (ExitCode.Failed or ExitCode.Cancelled) } failure)
        {
            return CheckResult.Failed(failure.Code, string.Join(" ", [failure.Message, .. failure.Details]), "Correct this first: nothing else can be checked without it.");
        }

        var subject = examination.Subject;
        return CheckResult.Passed($"App client '{subject.Options.ClientId}' gets its tokens from {subject.Endpoint}.");
    }
}
