using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Doctor.Observations;
using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Commands;

/// <summary>The findings of <c>doctor</c> as a JSON document.</summary>
/// <param name="FirstFailed">The name of the first failed check; null if no check failed.</param>
/// <param name="Checks">The checks, in the order of the chain.</param>
/// <param name="Observations">The observations for the report; null if no report is wanted.</param>
/// <param name="IsEmulated">Whether the service is an emulator.</param>
/// <param name="Error">The first failed check in the form that every command uses for its error; null if no check failed.</param>
internal sealed record FindingsDocument(
    string? FirstFailed, IReadOnlyList<CheckDocument> Checks, IReadOnlyList<MadeObservation>? Observations, bool IsEmulated, FailureDetails? Error)
{
    public static FindingsDocument Create(Findings findings) => new(
        findings.FirstFailed?.Name,
        [.. findings.Checks.Select(CheckDocument.Create)],
        findings.Observations,
        findings.IsEmulated,
        findings.FirstFailed is { Result: var failed }
            ? FailureDocument.Create(new Failure(failed.Code, failed.Code.ToString(), $"{failed.Finding} {failed.Remedy}", [], [])).Error
            : null);
}

/// <summary>One check as part of a JSON document.</summary>
internal sealed record CheckDocument(string Name, string Verdict, string Finding, string? Remedy)
{
    public static CheckDocument Create(CompletedCheck check) => new(
        check.Name, JsonText.ToCamelCase(check.Result.Verdict.ToString()), check.Result.Finding, check.Result.Remedy);
}
