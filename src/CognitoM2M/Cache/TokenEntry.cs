using CognitoM2M.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>
/// The cache entry of one token. Callers get the held token while it is usable. A token that is due is renewed in the background. Callers
/// without a token wait for one shared fetch. After a failure Cognito is not asked for a while. <see cref="EntryState"/> decides all this;
/// the entry adds the lock, the one fetch in flight, and the telemetry.
/// </summary>
/// <param name="fetcher">Obtains tokens.</param>
/// <param name="attemptTimeout">How long one token request may take.</param>
/// <param name="clock">The clock.</param>
/// <param name="random">Gives numbers from 0 to 1, for renewal instants and back-off.</param>
/// <param name="telemetry">Takes the events of this entry.</param>
/// <param name="background">Runs fetches; the thread pool by default.</param>
/// <param name="initial">The first state; without a token by default.</param>
internal sealed class TokenEntry(
    ITokenFetcher fetcher, TimeSpan attemptTimeout, MonotonicClock clock, Func<double> random, TokenTelemetry telemetry,
    IBackgroundWork? background = null, EntryState? initial = null)
{
    private readonly Lock _gate = new();
    // Written under the lock, read without it.
    private volatile EntryState _state = initial ?? EntryState.Empty;
    private volatile FetchInFlight? _fetch;

    public EntryState State => _state;

    /// <summary>The held token, as long as it is valid for the minimum and need not be renewed. Read without a lock.</summary>
    public HeldToken? FindFresh(TimeSpan minimum) => _state.FindFresh(clock.Read(), minimum);

    /// <summary>Whether a caller who needs a token for the minimum gets the held token, at once or after a second.</summary>
    public bool HasValid(TimeSpan minimum) => _state.FindValid(clock.Read(), minimum) is not null;

    /// <summary>The fetch in flight, if any.</summary>
    public Task? Fetching => _fetch?.Completion;

    /// <summary>Returns a usable token: the held one at once, else the token of the shared fetch.</summary>
    public ValueTask<HeldToken> GetAsync(Caller caller) =>
        FindHeldOrFetch(caller, out var wait) is { } held ? new ValueTask<HeldToken>(held) : new ValueTask<HeldToken>(WaitForTokenAsync(wait!, caller));

    /// <summary>Returns a token that was obtained after this call began.</summary>
    public async ValueTask<HeldToken> RefreshAsync(Caller caller)
    {
        CallerWait wait;
        CognitoAccessToken? former;
        lock (_gate)
        {
            former = _state.Held?.Token;
            wait = StartWait(clock.Read(), FetchReason.Forced, caller, former);
        }

        var result = await WaitForOtherAsync(wait, FetchReason.Forced, former, caller).ConfigureAwait(false);
        return Serve(result?.Token, result?.Origin ?? default, caller) ?? throw CreateException(result, wait, caller);
    }

    /// <summary>
    /// Returns another token in place of one that a receiver rejected; null if there is no other token now. Until then the rejected token stays in
    /// use: the receiver may be wrong, and other callers must not wait because of it.
    /// </summary>
    public async ValueTask<HeldToken?> ReplaceAsync(CognitoAccessToken rejected, string rejectedBy, Caller caller)
    {
        HeldToken? newer;
        CallerWait? wait = null;
        bool starts;
        lock (_gate)
        {
            var now = clock.Read();
            newer = _state.Held?.HeaderValue != rejected.HeaderValue ? _state.FindUsable(now) : null;
            starts = newer is null && _fetch is null && _state.MayReplace(now);
            if (starts || (newer is null && _fetch is not null))
                wait = StartWait(now, FetchReason.Rejected, caller, rejected);
        }

        telemetry.TokenRejected(caller.ClientName, rejectedBy, starts);
        var result = wait is null ? null : await WaitForOtherAsync(wait, FetchReason.Rejected, rejected, caller).ConfigureAwait(false);
        return newer ?? Serve(result?.Token, result?.Origin ?? default, caller);
    }

    /// <summary>The first state of the entry that follows this one after a change of settings.</summary>
    public EntryState TakeOver(bool secretChanged)
    {
        lock (_gate)
            return _state.TakeOver(secretChanged, isFetching: _fetch is not null, clock.Read());
    }

    /// <summary>Describes the entry for gauges and health checks.</summary>
    public ClientStatus DescribeStatus(string clientName) => _state.Describe(clientName, clock.Read(), clock.TimeProvider.GetUtcNow());

    private HeldToken? FindHeldOrFetch(Caller caller, out CallerWait? wait)
    {
        HeldToken? held;
        lock (_gate)
        {
            var now = clock.Read();
            held = _state.FindUsable(now, caller.Minimum);
            wait = held is null ? StartWait(now, FetchReason.Cold, caller) : null;
            if (_fetch is null && _state.IsRenewalDue(now))
                StartFetch(FetchReason.Renewal, now, caller with { Blocks = false });
        }

        return Serve(held, TokenOrigin.Memory, caller);
    }

    /// <summary>Lets a caller wait for the fetch in flight, or for one that is started now. Under the lock.</summary>
    /// <exception cref="CognitoTokenException">Cognito is not to be asked now.</exception>
    /// <exception cref="OperationCanceledException">The call is cancelled already. It starts no paid request.</exception>
    private CallerWait StartWait(ClockReading now, FetchReason reason, Caller caller, CognitoAccessToken? notThis = null)
    {
        caller.CancellationToken.ThrowIfCancellationRequested();
        if (_fetch is null && !_state.MayFetch(now))
            throw _state.CreateException(caller.ClientName, now);

        var limit = _state.GetWaitLimit(attemptTimeout);
        return new CallerWait(_fetch ?? StartFetch(reason, now, caller, notThis), limit, clock, caller);
    }

    /// <summary>Waits for another token than the given one. A renewal that was in flight may only have confirmed that one; then another fetch starts.</summary>
    private async ValueTask<FetchResult?> WaitForOtherAsync(CallerWait wait, FetchReason reason, CognitoAccessToken? notThis, Caller caller)
    {
        while (true)
        {
            var result = await wait.ForFetchAsync().ConfigureAwait(false);
            if (result?.Token is not { } token || token.HeaderValue != notThis?.HeaderValue)
                return result;
            // This fetch was asked for another token, and Cognito gave the same one again. Another request would not help.
            if (wait.Fetch.Order.NotThis?.HeaderValue == token.HeaderValue)
                return reason == FetchReason.Forced ? result : null;
            lock (_gate)
            {
                var now = clock.Read();
                if (wait.IsOver || (_fetch is null && !(reason == FetchReason.Rejected ? _state.MayReplace(now) : _state.MayFetch(now))))
                    return null;
                wait.ContinueWith(_fetch ?? StartFetch(reason, now, caller, notThis));
            }
        }
    }

    private async Task<HeldToken> WaitForTokenAsync(CallerWait wait, Caller caller)
    {
        telemetry.CallerWaits(caller.ClientName);
        while (true)
        {
            // If the fetch takes long, the caller gets the held token, as long as the held token is valid.
            TimeSpan? most = _state.FindValid(clock.Read(), caller.Minimum) is null ? null : EntryState.ShortWait;
            var result = await wait.ForFetchAsync(most).ConfigureAwait(false);
            if (result is { Token: { } token } && wait.IsEnough(token))
                return Serve(token, result.Origin, caller)!;

            var minimum = wait.IsOver || result is { Failure: not null } ? TimeSpan.Zero : caller.Minimum;
            if (Serve(_state.FindValid(clock.Read(), minimum), TokenOrigin.Memory, caller) is { } held)
                return held;
            if (wait.IsOver || (result is { Failure: not null } && !wait.Fetch.StartedWithToken))
                throw CreateException(result, wait, caller);

            // The token ended while its renewal failed, or the fetch was for a caller with a shorter minimum. The entry decides whether there is another fetch.
            if (FindHeldOrFetch(caller, out var next) is { } other)
                return other;
            wait.ContinueWith(next!.Fetch);
        }
    }

    private HeldToken? Serve(HeldToken? token, TokenOrigin origin, Caller caller)
    {
        if (token is not null)
            telemetry.CallerServed(caller.ClientName, origin);
        return token;
    }

    private CognitoTokenException CreateException(FetchResult? result, CallerWait wait, Caller caller) =>
        result?.CreateException(caller.ClientName) ?? _state.CreateExceptionAfterWait(caller.ClientName, wait.Limit);

    /// <summary>Starts the one fetch, under the lock. The fetch belongs to no caller: no cancellation of a caller ends it.</summary>
    private FetchInFlight StartFetch(FetchReason reason, ClockReading now, Caller caller, CognitoAccessToken? notThis = null)
    {
        var fetch = _fetch = new FetchInFlight(reason, caller.Minimum, notThis, _state, now);
        _state = _state.OnFetchStarted(now);

        // The fetch never runs on this thread, which holds the lock. For a blocking caller it gets its own thread: such callers may block all threads of the pool.
        (caller.Blocks ? OwnThread.Instance : background ?? ThreadPoolWork.Instance).Start(() => fetch.RunAsync(fetcher, telemetry, outcome => Record(fetch, outcome)));
        return fetch;
    }

    private FetchResult Record(FetchInFlight fetch, FetchOutcome outcome)
    {
        lock (_gate)
        {
            var (now, former) = (clock.Read(), _state);
            _state = outcome.Token is { } issued
                ? _state.OnFetchSucceeded(fetch.Order.Reason, issued, now, random())
                : outcome.Failure is { } failure ? _state.OnFetchFailed(fetch.Order.Reason, failure, fetch.StartedWithToken, now, random())
                : _state.OnSecretUnchanged(now);
            // Set after the state, so that code that sees no fetch in flight without the lock also sees the token of the fetch.
            _fetch = null;
            return FetchResult.Create(outcome, former, _state, now);
        }
    }
}
