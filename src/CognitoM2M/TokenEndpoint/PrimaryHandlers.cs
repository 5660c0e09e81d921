using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The handlers that open connections: the one that this library makes, and those that a user gives for token requests.</summary>
internal static class PrimaryHandlers
{
    /// <summary>How long a connection is used before a new one is opened, so that a change of DNS is noticed.</summary>
    public static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Makes a handler that uses the proxy of the process, but not for loopback addresses.</summary>
    public static SocketsHttpHandler Create() => new() { PooledConnectionLifetime = ConnectionLifetime, Proxy = new LoopbackBypass() };

    /// <summary>Makes the HttpClient that sends token requests through a handler.</summary>
    /// <param name="handler">The handler. It is changed as <see cref="ForbidRedirects"/> says.</param>
    /// <param name="disposeHandler">Whether the handler is disposed together with the client.</param>
    public static HttpClient CreateTokenClient(HttpMessageHandler handler, bool disposeHandler)
    {
        ForbidRedirects(handler, isWrapped: false);
        // Each attempt has its own time limit.
        return new HttpClient(new RedirectGuard(handler), disposeHandler) { Timeout = Timeout.InfiniteTimeSpan };
    }

    /// <summary>
    /// Keeps requests to loopback addresses away from the proxy of the process. A handler with a proxy of its own stays as it is, and so does
    /// a handler that has sent a request.
    /// </summary>
    public static void BypassProxyForLoopback(HttpMessageHandler handler)
    {
        switch (handler)
        {
            case DelegatingHandler { InnerHandler: { } inner }:
                BypassProxyForLoopback(inner);
                break;
            case SocketsHttpHandler { UseProxy: true, Proxy: null } sockets:
                Change(isRequired: false, () => sockets.Proxy = new LoopbackBypass());
                break;
            case HttpClientHandler { SupportsProxy: true, UseProxy: true, Proxy: null } classic:
                Change(isRequired: false, () => classic.Proxy = new LoopbackBypass());
                break;
        }
    }

    /// <summary>
    /// Switches off redirects, which would send the secret to another address, and cookies, which would connect unrelated requests. A handler
    /// that has sent a request cannot be changed any more and stays as it is: <see cref="RedirectGuard"/> then refuses redirects.
    /// </summary>
    private static void ForbidRedirects(HttpMessageHandler handler, bool isWrapped)
    {
        switch (handler)
        {
            case DelegatingHandler { InnerHandler: { } inner }:
                ForbidRedirects(inner, isWrapped: true);
                break;
            case SocketsHttpHandler { AllowAutoRedirect: var redirects } sockets:
                Change(redirects && isWrapped, () =>
                {
                    sockets.AllowAutoRedirect = false;
                    sockets.UseCookies = false;
                    if (sockets.PooledConnectionLifetime == Timeout.InfiniteTimeSpan)
                        sockets.PooledConnectionLifetime = ConnectionLifetime;
                });
                break;
            case HttpClientHandler { AllowAutoRedirect: var redirects } classic:
                Change(redirects && isWrapped, () =>
                {
                    classic.AllowAutoRedirect = false;
                    classic.UseCookies = false;
                });
                break;
        }
    }

    private static void Change(bool isRequired, Action change)
    {
        try
        {
            change();
        }
        catch (InvalidOperationException) when (!isRequired)
        {
            // The handler has sent a request.
        }
        catch (InvalidOperationException started)
        {
            // A handler in front of it may keep the body in memory, and the guard does not see when that copy is sent.
            throw new InvalidOperationException(
                $"The primary handler of the HttpClient '{CognitoM2MDiagnostics.TokenHttpClientName}' follows redirects, and it has sent requests already, so this "
                + "cannot be changed any more. A redirect could send the client secret to another address. Set AllowAutoRedirect to false where you make "
                + "the handler, or give this HttpClient a handler of its own.",
                started);
        }
    }
}
