using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>One or more failed fetches in a row. Immutable; ends with the next fetch that succeeds.</summary>
/// <param name="Failure">Why the last fetch failed.</param>
/// <param name="Failures">How many fetches failed in a row, from 1.</param>
/// <param name="RetryAt">Until this instant Cognito is not asked again.</param>
/// <param name="FeltByCallers">Whether a fetch failed while no usable token was held, so that calls failed with it.</param>
internal sealed record Outage(TokenFailure Failure, int Failures, TimeSpan RetryAt, bool FeltByCallers)
{
    /// <summary>
    /// Whether the next caller may ask Cognito before <see cref="RetryAt"/>. A background renewal makes one attempt only, and it failed. When
    /// the token then ends, callers depend on the outcome, so the first of them may try once more at once, unless Cognito asked for a pause.
    /// </summary>
    public bool MayRetryImmediately => Failure is { IsTransient: true, RetryAfter: null } && !FeltByCallers;
}
