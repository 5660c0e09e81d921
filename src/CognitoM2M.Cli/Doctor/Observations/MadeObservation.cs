namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>A question about Cognito, and what was seen.</summary>
/// <param name="Number">The number of the question in docs/design/cognito-facts.md.</param>
/// <param name="Topic">The question in a few words.</param>
/// <param name="Seen">What was seen; null if nothing was.</param>
internal sealed record MadeObservation(int Number, string Topic, string? Seen);
