using System.Collections.Concurrent;
using CognitoM2M.Tokens;
using Polly;
using Polly.Retry;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// The further attempts of a fetch whose first one failed for a passing reason. Polly comes in only here: getting it going
/// takes a new process some tens of milliseconds, and most processes never see an attempt fail.
/// </summary>
internal sealed class RetryPipelines(TimeProvider timeProvider)
{
    // Longer waits are for the back-off of the entry: callers are waiting here.
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<int, ResiliencePipeline<FetchOutcome>> _byAttempts = new();

    /// <summary>Whether another attempt can bring what this one did not. A time-out is not repeated: the callers have waited long enough.</summary>
    public static bool CanHelp(FetchOutcome outcome) =>
        outcome.Failure is { IsTransient: true, Error: not CognitoTokenErrors.Timeout } failure && !(failure.RetryAfter > _longestRetryAfter);

    /// <summary>Repeats until an attempt succeeds, or fails for a reason that stays, or there have been that many.</summary>
    /// <param name="first">How the first attempt ended.</param>
    /// <param name="attempts">How many there may be, the first among them; 2 at least.</param>
    /// <param name="attemptAsync">Makes another.</param>
    /// <param name="stopping">Ends the pauses.</param>
    public async Task<FetchOutcome> ContinueAsync(
        FetchOutcome first, int attempts, Func<Task<FetchOutcome>> attemptAsync, CancellationToken stopping)
    {
        // What Polly takes for the first attempt has been made.
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
