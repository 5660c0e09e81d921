using System.Diagnostics;
using CognitoM2M.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>The one fetch of an entry that is in flight. When the fetch ends, no waiter runs on the thread of the fetch: there may be ten thousand waiters.</summary>
/// <param name="reason">Why it was started.</param>
/// <param name="minimum">How long its token must still be valid.</param>
/// <param name="notThis">A token that must not come back; null if any token will do.</param>
/// <param name="state">The state of the entry when the fetch starts.</param>
/// <param name="now">The time.</param>
#pragma warning disable VSTHRD002 // Callers that block are synchronous.
internal sealed class FetchInFlight(FetchReason reason, TimeSpan minimum, CognitoAccessToken? notThis, EntryState state, ClockReading now)
{
    private readonly TaskCompletionSource<FetchResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the fetcher is asked for. Attempts are repeated at once where that can help.</summary>
    public FetchOrder Order { get; } = new(reason, state.MayRepeatAttempts(now))
    {
        MinimumRemaining = minimum,
        NotThis = notThis,
        NeedsOtherSecret = state.IsBackingOff(now),
    };

    /// <summary>Whether a valid token was held when the fetch started.</summary>
    public bool StartedWithToken { get; } = state.FindValid(now) is not null;

    /// <summary>Whether this is the first fetch with a changed client secret.</summary>
    public bool IsFirstWithNewSecret { get; } = state is { HoldsTokenOfFormerSecret: true, Outage: null };

    /// <summary>The trace of the caller that started the fetch.</summary>
    public ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

    public Task<FetchResult> Completion => _completion.Task;

    /// <summary>Runs the fetch, and lets its waiters go on.</summary>
    /// <param name="fetcher">Obtains the token.</param>
    /// <param name="telemetry">Takes the events of the fetch.</param>
    /// <param name="record">Takes the outcome into the state of the entry.</param>
    public async Task RunAsync(ITokenFetcher fetcher, TokenTelemetry telemetry, Func<FetchOutcome, FetchResult> record)
    {
        var activity = telemetry.StartFetch(Order.Reason, Caller);
        var outcome = await fetcher.FetchAsync(Order).ConfigureAwait(false);
        var result = record(outcome);
        telemetry.FetchEnded(
            activity, Order.Reason, result.Token?.Token, result.Origin, outcome.Failure, result.RetryAfter, result.StillHeld?.Token, IsFirstWithNewSecret, result.FailedFor);
        _completion.SetResult(result);
    }

    /// <summary>Waits for the result; null if the limit passes first. The fetch goes on.</summary>
    /// <param name="limit">How long to wait.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="callerBlocks">
    /// Whether the caller's thread waits inside this method. All threads of the pool may be blocked, so no thread of the pool is needed to
    /// wake the caller.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<FetchResult?> WaitAsync(TimeSpan limit, TimeProvider timeProvider, bool callerBlocks, CancellationToken cancellationToken)
    {
        var left = limit > TimeSpan.Zero ? limit : TimeSpan.Zero;
        return callerBlocks
            ? Task.FromResult(Wait(left, timeProvider, cancellationToken))
            : WaitAsync(left, timeProvider, cancellationToken);
    }

    private async Task<FetchResult?> WaitAsync(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            return await Completion.WaitAsync(limit, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private FetchResult? Wait(TimeSpan limit, TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        // The timer of the system clock needs a thread of the pool, so the wait has a limit of its own, too.
        var limitOfClock = Task.Delay(limit, timeProvider, ended.Token);
        _ = Task.WaitAny([Completion, limitOfClock], (int)limit.TotalMilliseconds, cancellationToken);
        if (Completion.IsCompleted)
        {
            ended.Cancel();
            return Completion.Result;
        }

        cancellationToken.ThrowIfCancellationRequested();
        return null;
    }
}

/// <summary>What the waiters of a fetch get: a token, or a failure.</summary>
/// <param name="Token">The token that the fetch returned.</param>
/// <param name="Origin">Where the token was obtained from.</param>
/// <param name="Failure">Why the fetch returned no token.</param>
/// <param name="RetryAfter">How long Cognito is not asked again after the failure.</param>
/// <param name="StillHeld">The token that calls go on with after the failure.</param>
internal sealed record FetchResult(HeldToken? Token, TokenOrigin Origin, TokenFailure? Failure, TimeSpan RetryAfter, HeldToken? StillHeld)
{
    /// <summary>How long fetches had failed before this one returned a token; null if they had not.</summary>
    public TimeSpan? FailedFor { get; private init; }

    public static FetchResult Create(FetchOutcome outcome, EntryState former, EntryState state, ClockReading now) => outcome.Token is { } issued
        ? new FetchResult(state.Held, issued.Origin, Failure: null, TimeSpan.Zero, StillHeld: null) { FailedFor = now.Elapsed - former.FailingSince }
        : new FetchResult(null, TokenOrigin.Cognito, state.Outage!.Failure, state.RemainingBackOff(now), state.Held);

    public CognitoTokenException CreateException(string clientName) => Failure!.ToException(clientName, RetryAfter);
}
