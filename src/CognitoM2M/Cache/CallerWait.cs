using CognitoM2M.Time;

namespace CognitoM2M.Cache;

/// <summary>One caller's wait for a token, which may take two fetches but not longer than its limit.</summary>
internal sealed class CallerWait(FetchInFlight fetch, TimeSpan limit, MonotonicClock clock, Caller caller)
{
    private readonly TimeSpan _endsAt = clock.Now + limit;

    public TimeSpan Limit { get; } = limit;

    /// <summary>The fetch that the caller waits for.</summary>
    public FetchInFlight Fetch { get; private set; } = fetch;

    /// <summary>Whether the token that the fetch brought is for this caller. A fetch that was asked for the same minimum cannot bring a better one.</summary>
    public bool IsEnough(HeldToken token) => Fetch.Order.MinimumRemaining >= caller.Minimum || token.IsValidFor(caller.Minimum, clock.Read());

    /// <summary>Whether the limit has passed.</summary>
    public bool IsOver => clock.Now >= _endsAt;

    /// <summary>Waits for the fetch; null if the limit passes first. The fetch goes on.</summary>
    /// <param name="most">How long to wait at most, if that is shorter than what is left of the limit.</param>
    public Task<FetchResult?> ForFetchAsync(TimeSpan? most = null)
    {
        var left = _endsAt - clock.Now;
        return Fetch.WaitAsync(most < left ? most.Value : left, clock.TimeProvider, caller.Blocks, caller.CancellationToken);
    }

    /// <summary>Waits for another fetch in what is left of the limit.</summary>
    public void ContinueWith(FetchInFlight next) => Fetch = next;
}
