using System.Collections.Concurrent;
using CognitoM2M.Tokens;
using Polly;
using Polly.Retry;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// Repeats the attempts of a fetch whose first attempt failed for a transient reason. Polly is used only here: its start takes a new
/// process tens of milliseconds, and in most processes no attempt ever fails.
/// </summary>
internal sealed class RetryPipelines(TimeProvider timeProvider)
{
    // Callers wait during these pauses. The longer pauses of the back-off belong to the cache entry.
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, ResiliencePipeline<FetchOutcome>> _byAttempts = new();

    /// <summary>Whether another attempt at once can succeed. A time-out is not repeated, here or in the queue: the callers have waited long enough.</summary>
    public static bool CanHelp(FetchOutcome outcome) =>
        outcome.Failure is { IsTransient: true, MayRepeatAtOnce: true, Error: not (CognitoTokenErrors.Timeout or CognitoTokenErrors.QueueTimeout) } failure && !(failure.RetryAfter > _longestRetryAfter);

    /// <summary>Repeats until an attempt succeeds, an attempt fails for a permanent reason, or the attempts are used up.</summary>
    /// <param name="first">How the first attempt ended.</param>
    /// <param name="attempts">How many attempts there may be, including the first; at least 2.</param>
    /// <param name="attemptAsync">Makes another attempt.</param>
    /// <param name="stopping">Ends the pauses.</param>
    public async Task<FetchOutcome> ContinueAsync(
        FetchOutcome first, int attempts, Func<Task<FetchOutcome>> attemptAsync, CancellationToken stopping)
    {
        // Polly calls this once for the first attempt, which was made already.
        var isFirst = true;
        return await _byAttempts.GetOrAdd(attempts, Build).ExecuteAsync(NextAsync, stopping).ConfigureAwait(false);

        async ValueTask<FetchOutcome> NextAsync(CancellationToken cancellationToken)
        {
            if (!isFirst)
                return await attemptAsync().ConfigureAwait(false);

            isFirst = false;
            return first;
        }
    }

    private ResiliencePipeline<FetchOutcome> Build(int attempts) =>
        new ResiliencePipelineBuilder<FetchOutcome> { TimeProvider = timeProvider }
            .AddRetry(new RetryStrategyOptions<FetchOutcome>
            {
                MaxRetryAttempts = attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                MaxDelay = _longestPause,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { } outcome && CanHelp(outcome)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.Failure?.RetryAfter),
            })
            .Build();
}
