namespace CognitoM2M.Cli.Output;

/// <summary>A failure as a JSON document.</summary>
internal sealed record FailureDocument(FailureDetails Error)
{
    public static FailureDocument Create(Failure failure) => new(new FailureDetails(
        JsonText.ToCamelCase(failure.Name),
        (int)failure.Code,
        string.Join('\n', [failure.Message, .. failure.Details.Select(detail => $"  {detail}")]),
        [.. failure.CompletedSteps.Select(StepDocument.Create)]));
}

/// <summary>What happened, and which steps were completed before.</summary>
internal sealed record FailureDetails(string Name, int ExitCode, string Message, IReadOnlyList<StepDocument> CompletedSteps);
