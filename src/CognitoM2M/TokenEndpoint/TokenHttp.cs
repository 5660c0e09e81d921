using CognitoM2M.Time;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Shared by all fetches of one provider: the HttpClient for token requests, the clock, the repeated attempts, and the cancellation at the end.</summary>
internal sealed class TokenHttp(Func<HttpClient> createClient, MonotonicClock clock, RequestPacers pacers, CancellationToken stopping)
{
    private readonly Lazy<RetryPipelines> _retries = new(() => new RetryPipelines(clock.TimeProvider));

    public MonotonicClock Clock { get; } = clock;

    /// <summary>Repeats failed attempts. Made when it is first needed.</summary>
    public RetryPipelines Retries => _retries.Value;

    /// <summary>Lets token requests go one after the other, at a limited pace for each host.</summary>
    public RequestPacers Pacers { get; } = pacers;

    /// <summary>Cancelled when the provider is disposed.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public HttpClient CreateClient() => createClient();
}
