using System.Diagnostics;
using CognitoM2M.Diagnostics;

namespace CognitoM2M.Tokens;

/// <summary>
/// One token and its future: hands it out while it is good, has it renewed in the background when due, lets callers wait for one
/// shared fetch when there is none, and leaves Cognito alone for a while after a failure.
/// </summary>
internal sealed class TokenEntry(ITokenFetcher fetcher, MonotonicClock clock, Func<double> random, TokenTelemetry telemetry)
{
    /// <summary>How often an API that answers 401 to everything can make this entry ask Cognito.</summary>
    private static readonly TimeSpan _replacementInterval = TimeSpan.FromSeconds(30);

    // Retry handlers above ours may send a message again that still carries a header of ours from a few renewals ago.
    private const int RememberedHeaders = 8;

    private readonly Lock _gate = new();
    private volatile HeldToken? _held;
    private volatile string[] _sentHeaders = [];
    private Flight? _flight;
    private TokenFailure? _failure;
    private int _failures;
    private bool _failedWithoutToken;
    private TimeSpan _retryAt = TimeSpan.MinValue;
    private TimeSpan _nextReplacementAt = TimeSpan.MinValue;

    /// <summary>The token while nothing needs doing about it; read without a lock.</summary>
    public HeldToken? Fresh => _held is { } held && clock.Now < held.RenewAt ? held : null;

    /// <summary>The fetch under way, if any.</summary>
    internal Task? Fetching
    {
        get
        {
            lock (_gate)
                return _flight?.Landed;
        }
    }

    /// <summary>Whether this header value is a recent one of this entry, and so not the caller's own.</summary>
    public bool HasIssued(string headerValue) => Array.IndexOf(_sentHeaders, headerValue) >= 0;

    /// <summary>A usable token: the held one at once, else that of the shared fetch.</summary>
    public ValueTask<HeldToken> GetAsync(string clientName, CancellationToken cancellationToken)
    {
        Flight flight;
        lock (_gate)
        {
            var now = clock.Now;
            if (UsableAt(now) is { } held)
            {
                if (now >= held.RenewAt && now >= _retryAt && _flight is null)
                    TakeOff(FetchReason.Renewal, now);
                return new ValueTask<HeldToken>(held);
            }

            cancellationToken.ThrowIfCancellationRequested();
            if (_flight is null && now < _retryAt && !DeservesOneMoreTry())
                throw _failure!.ToException(clientName, _retryAt - now);
            flight = _flight ?? TakeOff(FetchReason.Cold, now);
        }

        return new ValueTask<HeldToken>(WaitAsync(flight, clientName, cancellationToken));
    }

    /// <summary>A token newer than any held now.</summary>
    public async ValueTask<HeldToken> RefreshAsync(string clientName, CancellationToken cancellationToken)
    {
        Flight flight;
        lock (_gate)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var now = clock.Now;
            if (_flight is null && now < _retryAt)
                throw _failure!.ToException(clientName, _retryAt - now);
            flight = _flight ?? TakeOff(FetchReason.Forced, now);
        }

        var landing = await flight.Landed.WaitAsync(cancellationToken).ConfigureAwait(false);
        return landing.Token ?? throw landing.Failure!.ToException(clientName, landing.RetryAfter);
    }

    /// <summary>
    /// Another token in place of one that the API answered 401 to; null if none can be had now. The rejected one stays until then,
    /// because an API can be wrong, and other callers must not wait for its sake.
    /// </summary>
    public async ValueTask<HeldToken?> ReplaceAsync(HeldToken rejected, string clientName, string host, CancellationToken cancellationToken)
    {
        Flight? flight;
        HeldToken? newer = null;
        var starts = false;
        lock (_gate)
        {
            var now = clock.Now;
            flight = _flight;
            if (!ReferenceEquals(_held, rejected))
                newer = UsableAt(now);

            starts = newer is null && flight is null && now >= _retryAt && now >= _nextReplacementAt;
            if (starts)
            {
                _nextReplacementAt = now + _replacementInterval;
                flight = TakeOff(FetchReason.Rejected, now);
            }
        }

        telemetry.TokenRejected(clientName, host, starts);
        return newer is not null || flight is null
            ? newer
            : (await flight.Landed.WaitAsync(cancellationToken).ConfigureAwait(false)).Token;
    }

    private HeldToken? UsableAt(TimeSpan now) => _held is { } held && now < held.UnusableAt ? held : null;

    // A renewal makes a single attempt. Once the token is gone, callers wait on the outcome, so the first of them may try again at once.
    private bool DeservesOneMoreTry() => _failure is { IsTransient: true } && !_failedWithoutToken;

    private async Task<HeldToken> WaitAsync(Flight flight, string clientName, CancellationToken cancellationToken)
    {
        telemetry.CallerWaits(clientName);
        var landing = await flight.Landed.WaitAsync(cancellationToken).ConfigureAwait(false);
        if (landing.Token is { } held)
            return held;

        return flight.StartedWithToken
            ? await GetAsync(clientName, cancellationToken).ConfigureAwait(false)
            : throw landing.Failure!.ToException(clientName, landing.RetryAfter);
    }

    /// <summary>Starts the one fetch; call it with the gate held. The fetch belongs to no caller: no cancellation of theirs ends it.</summary>
    private Flight TakeOff(FetchReason reason, TimeSpan now)
    {
        var flight = _flight = new Flight(reason, startedWithToken: UsableAt(now) is not null, Activity.Current?.Context ?? default);
        var patiently = !flight.StartedWithToken && _failures == 0;

        // Queued, so that no part of it runs under the gate, and without the caller's execution context, which is not the fetch's.
        ThreadPool.UnsafeQueueUserWorkItem(
            static run => _ = run.Entry.FlyAsync(run.Flight, run.Patiently), (Entry: this, Flight: flight, Patiently: patiently), preferLocal: false);
        return flight;
    }

    private async Task FlyAsync(Flight flight, bool patiently)
    {
        Landing? landing = null;
        try
        {
            using var activity = telemetry.StartFetch(flight.Reason, flight.Caller);
            landing = Settle(flight, await fetcher.FetchAsync(flight.Reason, patiently).ConfigureAwait(false));
            if (landing.Failure is { } failure)
                telemetry.FetchFailed(activity, failure, landing.RetryAfter, flight.StartedWithToken ? _held?.Token : null);
        }
        catch (Exception error)
        {
            // A logger or a listener that throws must not leave the callers waiting for ever.
            landing ??= Settle(flight, TokenFailure.Unexpected(error));
        }

        flight.Land(landing);
    }

    private Landing Settle(Flight flight, FetchOutcome outcome)
    {
        lock (_gate)
        {
            _flight = null;
            if (outcome.Token is { } issued)
            {
                _failure = null;
                _failures = 0;
                _failedWithoutToken = false;
                _retryAt = TimeSpan.MinValue;
                return new Landing(Hold(issued), null, TimeSpan.Zero);
            }

            _failure = outcome.Failure!;
            _failures++;
            _failedWithoutToken |= !flight.StartedWithToken;
            var delay = BackOff.After(_failures, _failure.RetryAfter, random());
            _retryAt = clock.Now + delay;
            return new Landing(null, _failure, delay);
        }
    }

    private HeldToken Hold(IssuedToken issued)
    {
        var held = new HeldToken(this, issued.Token, TokenLifetime.Of(issued.SentAt, issued.Lifetime, random()));
        _sentHeaders = [held.HeaderValue, .. _sentHeaders.Take(RememberedHeaders - 1)];
        _held = held;
        return held;
    }

    /// <summary>The one fetch under way. Its waiters continue on threads of their own, ten thousand of them if need be.</summary>
    private sealed class Flight(FetchReason reason, bool startedWithToken, ActivityContext caller)
    {
        private readonly TaskCompletionSource<Landing> _landed = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public FetchReason Reason { get; } = reason;

        public bool StartedWithToken { get; } = startedWithToken;

        public ActivityContext Caller { get; } = caller;

        public Task<Landing> Landed => _landed.Task;

        public void Land(Landing landing) => _landed.SetResult(landing);
    }

    /// <summary>What the waiters of a fetch get: a token, or a failure and how long Cognito is left alone.</summary>
    private sealed record Landing(HeldToken? Token, TokenFailure? Failure, TimeSpan RetryAfter);
}
