using System.Diagnostics;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>The one fetch of an entry that is in flight. When the fetch ends, no waiter runs on the thread of the fetch: there may be ten thousand waiters.</summary>
/// <param name="reason">Why it was started.</param>
/// <param name="state">The state of the entry when the fetch starts.</param>
/// <param name="now">The time.</param>
#pragma warning disable VSTHRD002 // Callers that block are synchronous.
internal sealed class FetchInFlight(FetchReason reason, EntryState state, TimeSpan now)
{
    // While Cognito is known to be down, callers do not wait out the whole time-out of each attempt.
    private static readonly TimeSpan _waitLimitAfterFailure = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<FetchResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FetchReason Reason { get; } = reason;

    /// <summary>The usable token that was held when the fetch started. Calls use this token while the fetch is in flight.</summary>
    public HeldToken? HeldAtStart { get; } = state.FindUsable(now);

    /// <summary>Whether failed attempts are repeated at once where that can help.</summary>
    public bool MayRepeat { get; } = state.MayRepeatAttempts(now);

    /// <summary>The failure that calls without a token met before this fetch; null if there was none.</summary>
    public TokenFailure? EarlierFailure { get; } = state.FindFailureFeltByCallers(now);

    /// <summary>Whether this is the first fetch with a changed client secret.</summary>
    public bool IsFirstWithNewSecret { get; } = state is { HoldsTokenOfFormerSecret: true, Outage: null };

    /// <summary>The trace of the caller that started the fetch.</summary>
    public ActivityContext Caller { get; } = Activity.Current?.Context ?? default;

    public Task<FetchResult> Completion => _completion.Task;

    private TimeSpan WaitLimit => EarlierFailure is null ? Timeout.InfiniteTimeSpan : _waitLimitAfterFailure;

    public void Complete(FetchResult result) => _completion.SetResult(result);

    /// <summary>Waits for the result; null if the wait took too long, which happens only after an earlier failure. The fetch goes on.</summary>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="callerBlocks">
    /// Whether the caller's thread waits inside this method. All threads of the pool may be blocked, so no thread of the pool is needed to
    /// wake the caller.
    /// </param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task<FetchResult?> WaitAsync(TimeProvider timeProvider, bool callerBlocks, CancellationToken cancellationToken) =>
        callerBlocks
            ? Task.FromResult(Completion.Wait(WaitLimit, cancellationToken) ? Completion.Result : null)
            : WaitAsync(timeProvider, cancellationToken);

    /// <summary>Waits for the result as long as the fetch takes.</summary>
    public Task<FetchResult> WaitForEndAsync(bool callerBlocks, CancellationToken cancellationToken)
    {
        if (callerBlocks)
            Completion.Wait(cancellationToken);
        return Completion.WaitAsync(cancellationToken);
    }

    private async Task<FetchResult?> WaitAsync(TimeProvider timeProvider, CancellationToken cancellationToken)
    {
        try
        {
            return await Completion.WaitAsync(WaitLimit, timeProvider, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}

/// <summary>What the waiters of a fetch get: a token, or a failure and the time until Cognito may be asked again.</summary>
internal sealed record FetchResult(HeldToken? Token, TokenOrigin Origin, TokenFailure? Failure, TimeSpan RetryAfter)
{
    public CognitoTokenException CreateException(string clientName) => Failure!.ToException(clientName, RetryAfter);
}
