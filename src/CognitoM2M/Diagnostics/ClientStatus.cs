namespace CognitoM2M.Diagnostics;

/// <summary>How one client stands with the token that most of its calls want.</summary>
/// <param name="ClientName">Whose.</param>
/// <param name="HasToken">Whether calls go out without waiting.</param>
/// <param name="Remaining">How long the token is still valid; zero without one.</param>
/// <param name="BackOff">How long Cognito is left alone yet; zero if it is not.</param>
/// <param name="Error">What the last fetch failed with; null if it did not fail.</param>
internal sealed record ClientStatus(string ClientName, bool HasToken, TimeSpan Remaining, TimeSpan BackOff, string? Error);
