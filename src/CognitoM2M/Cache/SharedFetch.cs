using System.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>The one fetch of an entry that is under way. Its waiters continue on threads of their own, ten thousand of them if need be.</summary>
internal sealed class SharedFetch(FetchReason reason, AppClientSettings client, HeldToken? heldAtStart, ActivityContext caller)
{
    // While Cognito is known to be down, an attempt shows whether it is back; callers do not wait out its time-out each time.
    private static readonly TimeSpan _patienceAfterFailure = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource<FetchResult> _completion = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public FetchReason Reason { get; } = reason;

    /// <summary>Whose limits it keeps: those of the client that set it off.</summary>
    public AppClientSettings Client { get; } = client;

    public HeldToken? HeldAtStart { get; } = heldAtStart;

    public bool StartedWithToken => HeldAtStart is not null;

    /// <summary>Whether attempts that fail for a passing reason are repeated at once.</summary>
    public bool MayRepeat { get; init; }

    /// <summary>What callers without a token got before this fetch, if it follows such a failure.</summary>
    public TokenFailure? FormerFailure { get; init; }

    /// <summary>How long a caller waits before it takes the former failure for an answer.</summary>
    public TimeSpan Patience => FormerFailure is null ? Timeout.InfiniteTimeSpan : _patienceAfterFailure;

    public ActivityContext Caller { get; } = caller;

    public Task<FetchResult> Completion => _completion.Task;

    public void Complete(FetchResult result) => _completion.SetResult(result);
}

/// <summary>What the waiters of a fetch get: a token, or a failure and how long Cognito is left alone.</summary>
internal sealed record FetchResult(HeldToken? Token, TokenOrigin Origin, TokenFailure? Failure, TimeSpan RetryAfter)
{
    /// <summary>Whether callers go on with the token of the former secret.</summary>
    public bool FellBack { get; init; }
}
