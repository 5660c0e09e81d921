namespace CognitoM2M.Cli.Output;

/// <summary>Tells of a failure: in words on standard error, and with <c>--json</c> as the document on standard output.</summary>
internal static class FailureReport
{
    public static ExitCode Write(ToolHost host, Failure failure, bool json)
    {
        host.Terminal.Say($"error: {failure.Message}", Styles.Error);

        if (failure.CompletedSteps.Count > 0)
        {
            host.Terminal.Say("Done before that, and still so:");
            foreach (var step in failure.CompletedSteps)
                host.Terminal.Say($"  {step.Title}");
        }

        if (json)
            host.Terminal.Result(JsonText.Of(FailureDocument.Of(failure)));

        return failure.Code;
    }
}

/// <summary>A failure for programs.</summary>
internal sealed record FailureDocument(FailureDetails Error)
{
    public static FailureDocument Of(Failure failure) => new(new FailureDetails(
        JsonText.Name(failure.Name), (int)failure.Code, failure.Message, [.. failure.CompletedSteps.Select(StepDocument.Of)]));
}

/// <summary>What went wrong, and what had been done before.</summary>
internal sealed record FailureDetails(string Name, int ExitCode, string Message, IReadOnlyList<StepDocument> CompletedSteps);
