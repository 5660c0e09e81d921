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
/// <param name="clock">The clock.</param>
/// <param name="random">Gives numbers from 0 to 1, for renewal instants and back-off.</param>
/// <param name="telemetry">Takes the events of this entry.</param>
/// <param name="background">Runs fetches; the thread pool by default.</param>
/// <param name="initial">The first state; without a token by default.</param>
internal sealed class TokenEntry(
    ITokenFetcher fetcher, MonotonicClock clock, Func<double> random, TokenTelemetry telemetry, IBackgroundWork? background = null, EntryState? initial = null)
{
    private readonly Lock _gate = new();
    private readonly IBackgroundWork _background = background ?? ThreadPoolWork.Instance;
    // Written under the lock, read without it.
    private volatile EntryState _state = initial ?? EntryState.Empty;
    private volatile FetchInFlight? _fetch;

    /// <summary>The held token while nothing needs to be done about it. Read without a lock.</summary>
    public HeldToken? Fresh => _state.Held is { } held && clock.Now < held.RenewAt ? held : null;

    public EntryState State => _state;

    /// <summary>The fetch in flight, if any.</summary>
    public Task? Fetching => _fetch?.Completion;

    /// <summary>Returns a usable token: the held one at once, else the token of the shared fetch.</summary>
    /// <param name="clientName">The calling client, for exceptions and telemetry. Clients with the same credentials share an entry.</param>
    /// <param name="callerBlocks">
    /// Whether the caller is synchronous. Its thread then waits inside this method, and the task has ended when the method returns.
    /// </param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<HeldToken> GetAsync(string clientName, bool callerBlocks, CancellationToken cancellationToken) =>
        FindHeldOrFetch(clientName, callerBlocks, cancellationToken, out var fetch) is { } held
            ? new ValueTask<HeldToken>(held)
            : new ValueTask<HeldToken>(WaitAsync(fetch!, clientName, callerBlocks, cancellationToken));

    /// <summary>Returns a token that was obtained after this call began. The parameters are those of <see cref="GetAsync"/>.</summary>
    public async ValueTask<HeldToken> RefreshAsync(string clientName, bool callerBlocks, CancellationToken cancellationToken)
    {
        FetchInFlight fetch;
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = clock.Now;
            if (_fetch is null && _state.IsBackingOff(now))
                throw _state.CreateException(clientName, now);
            fetch = _fetch ?? StartFetch(FetchReason.Forced, now, callerBlocks);
        }

        var result = await fetch.WaitForEndAsync(callerBlocks, cancellationToken).ConfigureAwait(false);
        return Take(result, clientName) ?? throw result.CreateException(clientName);
    }

    /// <summary>
    /// Returns another token in place of one that a receiver rejected; null if none can be had now. Until then the rejected token stays in
    /// use: the receiver may be wrong, and other callers must not wait because of it. The parameters are those of <see cref="GetAsync"/>.
    /// </summary>
    public async ValueTask<HeldToken?> ReplaceAsync(
        CognitoAccessToken rejected, string rejectedBy, string clientName, bool callerBlocks, CancellationToken cancellationToken)
    {
        FetchInFlight? fetch;
        HeldToken? newer = null;
        var starts = false;
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = clock.Now;
            fetch = _fetch;
            if (_state.Held?.HeaderValue != rejected.HeaderValue)
                newer = _state.FindUsable(now);

            starts = newer is null && fetch is null && _state.MayReplace(now);
            if (starts)
                fetch = StartFetch(FetchReason.Rejected, now, callerBlocks);
        }

        telemetry.TokenRejected(clientName, rejectedBy, starts);
        return newer is not null || fetch is null
            ? newer
            : Take(await fetch.WaitForEndAsync(callerBlocks, cancellationToken).ConfigureAwait(false), clientName);
    }

    /// <summary>Describes the entry for gauges and health checks.</summary>
    public ClientStatus DescribeStatus(string clientName) => _state.Describe(clientName, clock.Now, clock.TimeProvider.GetUtcNow());

    private HeldToken? FindHeldOrFetch(string clientName, bool callerBlocks, CancellationToken cancellationToken, out FetchInFlight? fetch)
    {
        HeldToken? held;
        lock (_gate)
        {
            fetch = null;
            var now = clock.Now;
            held = _state.FindUsable(now);
            if (held is null)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (_fetch is null && !_state.MayFetch(now))
                    throw _state.CreateException(clientName, now);
                fetch = _fetch ?? StartFetch(FetchReason.Cold, now, callerBlocks);
                return null;
            }

            if (_fetch is null && _state.IsRenewalDue(now))
                StartFetch(FetchReason.Renewal, now, callerBlocks: false);
        }

        telemetry.CallerServed(clientName, TokenOrigin.Memory);
        return held;
    }

    private async Task<HeldToken> WaitAsync(FetchInFlight fetch, string clientName, bool callerBlocks, CancellationToken cancellationToken)
    {
        telemetry.CallerWaits(clientName);
        var result = await fetch.WaitAsync(clock.TimeProvider, callerBlocks, cancellationToken).ConfigureAwait(false);
        return TakeToken(fetch, result, clientName) ?? await GetAsync(clientName, callerBlocks, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What a caller takes from a fetch: its token, its failure, or null to ask the entry once more.</summary>
    private HeldToken? TakeToken(FetchInFlight fetch, FetchResult? result, string clientName) =>
        result is null ? throw fetch.EarlierFailure!.ToException(clientName, TimeSpan.Zero)
        : Take(result, clientName) is { } token ? token
        // The token ended while its renewal failed. The renewal made one attempt only; the entry decides whether there is another.
        : fetch.HeldAtStart is not null ? null
        : throw result.CreateException(clientName);

    private HeldToken? Take(FetchResult result, string clientName)
    {
        if (result.Token is not null)
            telemetry.CallerServed(clientName, result.Origin);
        return result.Token;
    }

    /// <summary>Starts the one fetch, under the lock. The fetch belongs to no caller: no cancellation of a caller ends it.</summary>
    private FetchInFlight StartFetch(FetchReason reason, TimeSpan now, bool callerBlocks)
    {
        var fetch = _fetch = new FetchInFlight(reason, _state, now);
        _state = _state.OnFetchStarted(now);

        // Never on this thread, so that no part of the fetch runs under the lock. A blocking caller brings a thread: the pool may be full of such callers.
        if (callerBlocks)
            new Thread(() => _ = RunAsync(fetch)) { IsBackground = true, Name = "CognitoM2M token fetch" }.UnsafeStart();
        else
            _background.Start(() => RunAsync(fetch));
        return fetch;
    }

    private async Task RunAsync(FetchInFlight fetch)
    {
        FetchResult? result = null;
        try
        {
            using var activity = telemetry.StartFetch(fetch.Reason, fetch.Caller);
            var outcome = await fetcher.FetchAsync(fetch.Reason, fetch.MayRepeat).ConfigureAwait(false);
            result = Record(fetch, outcome);
            telemetry.FetchEnded(
                activity, fetch.Reason, result.Token?.Token, result.Origin, result.Failure, result.RetryAfter, fetch.HeldAtStart?.Token, fetch.IsFirstWithNewSecret);
        }
        catch (Exception error)
        {
            // A logger or a listener that throws must not leave the callers waiting.
            result ??= Record(fetch, TokenFailure.Unexpected(error));
        }

        fetch.Complete(result);
    }

    private FetchResult Record(FetchInFlight fetch, FetchOutcome outcome)
    {
        lock (_gate)
        {
            _fetch = null;
            var now = clock.Now;
            _state = outcome.Token is { } issued
                ? _state.OnFetchSucceeded(fetch.Reason, issued, now, random())
                : _state.OnFetchFailed(fetch.Reason, outcome.Failure!, fetch.HeldAtStart is not null, now, random());
            return new FetchResult(
                outcome.Token is null ? null : _state.Held, outcome.Token?.Origin ?? TokenOrigin.Cognito, outcome.Failure, _state.RemainingBackOff(now));
        }
    }
}
