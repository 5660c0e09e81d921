using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// The handlers that open connections: those that this library makes, and those of the user. A handler of the user may be shared with other
/// HttpClients, so it is read and never changed.
/// </summary>
internal static class PrimaryHandlers
{
    /// <summary>How long a connection is used before a new one is opened, so that a change of DNS is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Makes a handler for token requests. It follows no redirects, which would send the secret to another address, and keeps no cookies,
    /// which would connect unrelated requests.
    /// </summary>
    public static SocketsHttpHandler CreateForTokenRequests() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        Proxy = new EnvironmentProxy(),
    };

    /// <summary>Makes a handler for calls with a token.</summary>
    /// <param name="acceptsPlainHttp">Whether the user accepts plain http for an address.</param>
    public static SocketsHttpHandler CreateForCalls(Func<Uri, bool> acceptsPlainHttp) =>
        new() { PooledConnectionLifetime = ConnectionLifetime, Proxy = new EnvironmentProxy(acceptsPlainHttp) };

    /// <summary>Makes the HttpClient that sends token requests through a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="disposeHandler">Whether the handler is disposed together with the client.</param>
    /// <exception cref="InvalidOperationException">The handler could send the secret to another address.</exception>
    public static HttpClient CreateTokenClient(HttpMessageHandler handler, bool disposeHandler)
    {
        // A handler in front may keep the body in memory, and RedirectGuard does not see when that copy is sent.
        if (handler is DelegatingHandler && FollowsRedirects(handler))
        {
            throw new InvalidOperationException(
                "The handler for token requests wraps a handler that follows redirects. A redirect could send the client secret to another address. "
                + $"Set AllowAutoRedirect to false where you make the inner handler (HttpClient '{CognitoM2MDiagnostics.TokenHttpClientName}').");
        }

        // Each attempt has its own time limit.
        return new HttpClient(new ProxyGuard(new RedirectGuard(handler)), disposeHandler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>
    /// Finds the proxy of the environment that would see a request without encryption. A proxy that the user set on the handler was chosen for
    /// these requests, and does not count.
    /// </summary>
    /// <param name="handler">The first handler that the request goes through.</param>
    /// <param name="address">The address of the request.</param>
    /// <returns>The proxy; null if there is none, or if the request is encrypted.</returns>
    public static Uri? FindReadingProxy(HttpMessageHandler? handler, Uri address)
    {
        if (CallScheme.IsHttps(address))
            return null;

        var proxy = FindLast(handler) switch
        {
            SocketsHttpHandler { UseProxy: true } sockets => sockets.Proxy ?? HttpClient.DefaultProxy,
            HttpClientHandler { SupportsProxy: true, UseProxy: true } classic => classic.Proxy ?? HttpClient.DefaultProxy,
            _ => null,
        };
        var isOfEnvironment = proxy is EnvironmentProxy || ReferenceEquals(proxy, HttpClient.DefaultProxy);
        return isOfEnvironment && !proxy!.IsBypassed(address) ? proxy.GetProxy(address) : null;
    }

    private static bool FollowsRedirects(HttpMessageHandler handler) =>
        FindLast(handler) is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true };

    private static HttpMessageHandler? FindLast(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        return handler;
    }
}
