namespace CognitoM2M.Cli.Output;

/// <summary>Reports a failure: in words to standard error, and with <c>--json</c> also as a document to standard output.</summary>
internal static class FailureReport
{
    public static ExitCode Write(Terminal terminal, Failure failure, bool json)
    {
        terminal.Say($"error: {failure.Message}", Styles.Error);
        foreach (var detail in failure.Details)
            terminal.Say($"  {detail}", Styles.Error);

        if (failure.CompletedSteps.Count > 0)
        {
            terminal.Say("These steps were completed before the error, and they stay:");
            foreach (var line in StepSummary.Describe(failure.CompletedSteps))
                terminal.Say($"  {line}");
        }

        if (json)
            terminal.Document(JsonText.Serialize(FailureDocument.Create(failure), OutputDocuments.Instance.FailureDocument));

        return failure.Code;
    }
}
