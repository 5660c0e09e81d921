namespace CognitoM2M.Shared;

/// <summary>
/// The handler at the end of a chain, which opens the connections for requests with secrets. A handler of the user may be shared with other
/// HttpClients, so it is read and never changed.
/// </summary>
internal static class PrimaryHandler
{
    /// <summary>How long a connection is used before a new one is opened, so that a change of DNS is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>
    /// Makes a handler for requests with secrets. The handler follows no redirects, which would send the secret to another address, and keeps no
    /// cookies, which would connect unrelated requests.
    /// </summary>
    public static SocketsHttpHandler Create() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = ConnectionLifetime,
        Proxy = new EnvironmentProxy(),
    };

    /// <summary>Whether the last handler of a chain follows redirects.</summary>
    public static bool FollowsRedirects(HttpMessageHandler handler) =>
        FindLast(handler) is SocketsHttpHandler { AllowAutoRedirect: true } or HttpClientHandler { AllowAutoRedirect: true };

    /// <summary>
    /// Finds the proxy of the environment that would see a request without encryption. A proxy that the user set on the handler was chosen for
    /// these requests, and does not count.
    /// </summary>
    /// <param name="handler">The first handler that the request goes through.</param>
    /// <param name="address">The address of the request.</param>
    /// <returns>The proxy; null if there is none, or if the request is encrypted.</returns>
    public static Uri? FindReadingProxy(HttpMessageHandler? handler, Uri address)
    {
        if (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeWss)
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

    private static HttpMessageHandler? FindLast(HttpMessageHandler? handler)
    {
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        return handler;
    }
}
