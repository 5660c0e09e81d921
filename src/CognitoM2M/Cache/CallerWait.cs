using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>
/// One caller's wait for a token, which may take two fetches but not longer than its limit. While a request waits for its turn among the
/// requests of this process, the limit does not run for up to a minute, unless Cognito is known to be down.
/// </summary>
internal sealed class CallerWait(FetchInFlight fetch, TimeSpan limit, MonotonicClock clock, Caller caller)
{
    private readonly TimeSpan _endsAt = clock.Now + limit;
    // How long the fetch had waited for its turn before this call.
    private TimeSpan _waitedBefore = fetch.Order.GetTurnWait(clock.Now);
    // How long earlier fetches waited for their turns while this caller waited.
    private TimeSpan _waitedEarlier;

    public TimeSpan Limit { get; } = limit;

    /// <summary>The fetch that the caller waits for.</summary>
    public FetchInFlight Fetch { get; private set; } = fetch;

    /// <summary>Whether the limit has passed.</summary>
    public bool IsOver => Left <= TimeSpan.Zero;

    private TimeSpan Left => _endsAt + GetExtension() - clock.Now;

    /// <summary>Whether the token that the fetch returned is for this caller. A fetch that was asked for the same minimum cannot bring a better one.</summary>
    public bool IsEnough(HeldToken token) => Fetch.Order.MinimumRemaining >= caller.Minimum || token.IsValidFor(caller.Minimum, clock.Read());

    /// <summary>Waits for the fetch; null if the limit passes first. The fetch goes on.</summary>
    /// <param name="most">How long to wait at most, if that is shorter than what is left of the limit.</param>
    public async Task<FetchResult?> ForFetchAsync(TimeSpan? most = null)
    {
        FetchResult? result;
        do
        {
            var left = Left;
            result = await Fetch.WaitAsync(most < left ? most.Value : left, clock.TimeProvider, caller.Blocks, caller.CancellationToken).ConfigureAwait(false);
        }
        while (result is null && most is null && !IsOver);

        return result;
    }

    /// <summary>Waits for another fetch in what is left of the limit.</summary>
    public void ContinueWith(FetchInFlight next)
    {
        _waitedEarlier = GetTurnWait();
        Fetch = next;
        _waitedBefore = next.Order.GetTurnWait(clock.Now);
    }

    private TimeSpan GetExtension()
    {
        if (Limit == EntryState.ShortWait)
            return TimeSpan.Zero;

        var waited = GetTurnWait();
        return waited < FetchOrder.LongestTurnWait ? waited : FetchOrder.LongestTurnWait;
    }

    private TimeSpan GetTurnWait() => _waitedEarlier + Fetch.Order.GetTurnWait(clock.Now) - _waitedBefore;
}
