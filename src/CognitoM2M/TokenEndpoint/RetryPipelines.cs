using System.Collections.Concurrent;
using CognitoM2M.Tokens;
using Polly;
using Polly.Retry;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Attempts and time-outs of one fetch. Clients with the same limits share a pipeline.</summary>
internal sealed class RetryPipelines(TimeProvider timeProvider)
{
    // Longer waits are for the back-off of the entry: callers are waiting here.
    private static readonly TimeSpan _longestPause = TimeSpan.FromMilliseconds(800);
    private static readonly TimeSpan _longestRetryAfter = TimeSpan.FromSeconds(2);

    // Making one costs more than all else at the first token; all that go by the same clock are alike.
    private static readonly RetryPipelines _bySystemClock = new(TimeProvider.System);

    private readonly ConcurrentDictionary<(TimeSpan AttemptTimeout, int Attempts), ResiliencePipeline<FetchOutcome>> _pipelines = new();

    public static RetryPipelines By(TimeProvider timeProvider) =>
        ReferenceEquals(timeProvider, TimeProvider.System) ? _bySystemClock : new RetryPipelines(timeProvider);

    public ResiliencePipeline<FetchOutcome> For(TimeSpan attemptTimeout, int attempts) =>
        _pipelines.GetOrAdd((attemptTimeout, attempts), limits => Build(limits.AttemptTimeout, limits.Attempts));

    private ResiliencePipeline<FetchOutcome> Build(TimeSpan attemptTimeout, int attempts)
    {
        var builder = new ResiliencePipelineBuilder<FetchOutcome> { TimeProvider = timeProvider };
        if (attempts > 1)
        {
            builder.AddRetry(new RetryStrategyOptions<FetchOutcome>
            {
                MaxRetryAttempts = attempts - 1,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                UseJitter = true,
                MaxDelay = _longestPause,
                // A time-out is not repeated: the callers have waited long enough.
                ShouldHandle = args => ValueTask.FromResult(
                    args.Outcome.Result?.Failure is { IsTransient: true, Error: not CognitoTokenErrors.Timeout } failure
                    && !(failure.RetryAfter > _longestRetryAfter)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome.Result?.Failure?.RetryAfter),
            });
        }

        return builder.AddTimeout(attemptTimeout).Build();
    }
}
