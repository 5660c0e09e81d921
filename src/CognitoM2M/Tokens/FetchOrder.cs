namespace CognitoM2M.Tokens;

/// <summary>What a cache entry asks its fetcher for.</summary>
/// <param name="Reason">Why the token is fetched.</param>
/// <param name="MayRepeat">Whether attempts that fail for a transient reason are repeated at once.</param>
internal sealed record FetchOrder(FetchReason Reason, bool MayRepeat = false)
{
    /// <summary>How long the token must still be valid. A new token is always enough: at most half of its lifetime counts.</summary>
    public TimeSpan MinimumRemaining { get; init; }
}
