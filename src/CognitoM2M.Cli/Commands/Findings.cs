using CognitoM2M.Cli.Doctor;
using CognitoM2M.Cli.Doctor.Observations;

namespace CognitoM2M.Cli.Commands;

/// <summary>What <c>doctor</c> found.</summary>
/// <param name="Checks">The checks, in the order of the chain.</param>
/// <param name="Observations">The observations for the report; null if no report is wanted.</param>
/// <param name="IsEmulated">Whether the service is an emulator, whose report says nothing about AWS.</param>
internal sealed record Findings(IReadOnlyList<CompletedCheck> Checks, IReadOnlyList<MadeObservation>? Observations, bool IsEmulated)
{
    /// <summary>The first failed check; null if no check failed.</summary>
    public CompletedCheck? FirstFailed => Checks.FirstOrDefault(check => check.Result.Verdict == Verdict.Failed);

    /// <summary>The same findings without secrets and tokens, with ids as the user wants them.</summary>
    public Findings Redact(Redaction redaction) => new(
        [.. Checks.Select(check => check with
        {
            Result = check.Result with
            {
                Finding = redaction.Apply(check.Result.Finding),
                Remedy = check.Result.Remedy is { } remedy ? redaction.Apply(remedy) : null,
            },
        })],
        Observations is null ? null : [.. Observations.Select(made => made with { Seen = made.Seen is { } seen ? redaction.Apply(seen) : null })],
        IsEmulated);
}
