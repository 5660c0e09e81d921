namespace CognitoM2M.Tokens;

/// <summary>What a cache entry asks its fetcher for, and how long the fetcher had to wait before it could send.</summary>
/// <param name="reason">Why the token is fetched.</param>
/// <param name="mayRepeat">Whether attempts that fail for a transient reason are repeated at once.</param>
internal sealed class FetchOrder(FetchReason reason, bool mayRepeat = false)
{
    /// <summary>How long one token request waits for its turn at most, and how much longer callers and other processes wait because of that.</summary>
    public static readonly TimeSpan LongestTurnWait = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private TimeSpan _waited;
    private TimeSpan? _waitsSince;

    public FetchReason Reason { get; } = reason;

    public bool MayRepeat { get; } = mayRepeat;

    /// <summary>A token that must not come back: it was rejected, or a caller wants a new one. Null if any token will do.</summary>
    public CognitoAccessToken? NotThis { get; init; }

    /// <summary>How long the token must still be valid. A new token is always enough: at most half of its lifetime counts.</summary>
    public TimeSpan MinimumRemaining { get; init; }

    /// <summary>Whether a request is sent only if the client secret has changed since the last fetch. True while the back-off still runs.</summary>
    public bool NeedsOtherSecret { get; init; }

    /// <summary>A request of the fetch waits for its turn from now on.</summary>
    public void StartTurnWait(TimeSpan now)
    {
        lock (_gate)
            _waitsSince = now;
    }

    /// <summary>The request has its turn.</summary>
    public void EndTurnWait(TimeSpan now)
    {
        lock (_gate)
        {
            _waited = SumUp(now);
            _waitsSince = null;
        }
    }

    /// <summary>Another process gets the token for this one, and its request has waited for its turn for this long.</summary>
    public void AddTurnWait(TimeSpan waited)
    {
        lock (_gate)
            _waited += waited;
    }

    /// <summary>How long the requests of the fetch have waited for their turn. Other requests of this process go first then, so it is not Cognito that is slow.</summary>
    public TimeSpan GetTurnWait(TimeSpan now)
    {
        lock (_gate)
            return SumUp(now);
    }

    private TimeSpan SumUp(TimeSpan now) => _waitsSince is { } since ? _waited + (now - since) : _waited;
}
