using CognitoM2M.Time;

namespace CognitoM2M.TokenEndpoint;

/// <summary>What all fetches of one provider share: the way to the network, the clock, what repeats attempts, and the end of it all.</summary>
internal sealed class TokenHttp(Func<HttpClient> createClient, MonotonicClock clock, CancellationToken stopping)
{
    /// <summary>Connections are renewed after this, so that a change of DNS is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly Lazy<RetryPipelines> _retries = new(() => new RetryPipelines(clock.TimeProvider));

    public MonotonicClock Clock { get; } = clock;

    /// <summary>Made when it is first needed.</summary>
    public RetryPipelines Retries => _retries.Value;

    /// <summary>Cancelled when the provider is disposed.</summary>
    public CancellationToken Stopping { get; } = stopping;

    public HttpClient CreateClient() => createClient();

    /// <summary>A redirect would carry the secret elsewhere; a cookie would tie requests together that have nothing in common.</summary>
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
