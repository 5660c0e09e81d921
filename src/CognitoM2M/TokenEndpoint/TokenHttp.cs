using CognitoM2M.Time;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Shared by all fetches of one provider: the HttpClient for token requests, the clock, the repeated attempts, and the cancellation at the end.</summary>
internal sealed class TokenHttp(Func<HttpClient> createClient, MonotonicClock clock, CancellationToken stopping)
{
    /// <summary>How long a connection is used before a new one is opened, so that a change of DNS is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly Lazy<RetryPipelines> _retries = new(() => new RetryPipelines(clock.TimeProvider));

    public MonotonicClock Clock { get; } = clock;

    /// <summary>Repeats failed attempts. Made when it is first needed.</summary>
    public RetryPipelines Retries => _retries.Value;

    /// <summary>Cancelled when the provider is disposed.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public HttpClient CreateClient() => createClient();

    /// <summary>Switches off redirects, which would send the secret to another address, and cookies, which would connect unrelated requests.</summary>
    public static void Configure(HttpMessageHandler handler)
    {
        switch (handler)
        {
            case DelegatingHandler { InnerHandler: { } inner }:
                Configure(inner);
                break;
            case SocketsHttpHandler sockets:
                sockets.AllowAutoRedirect = false;
                sockets.UseCookies = false;
                if (sockets.PooledConnectionLifetime == Timeout.InfiniteTimeSpan)
                    sockets.PooledConnectionLifetime = ConnectionLifetime;
                break;
            case HttpClientHandler classic:
                classic.AllowAutoRedirect = false;
                classic.UseCookies = false;
                break;
        }
    }
}
