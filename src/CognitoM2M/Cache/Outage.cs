using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>One or more failed fetches in a row. Immutable; ends with the next fetch that succeeds.</summary>
/// <param name="Failure">Why the last fetch failed.</param>
/// <param name="Requests">How many token requests have failed in a row.</param>
/// <param name="RetryAt">Until this instant Cognito is not asked again.</param>
/// <param name="LookAt">From this instant on the client secret may be looked at; a changed secret ends the back-off. Null if that cannot help.</param>
internal sealed record Outage(TokenFailure Failure, int Requests, TimeSpan RetryAt, TimeSpan? LookAt = null);
