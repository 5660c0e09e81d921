using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Makes the handlers that open connections, and the HttpClient that sends token requests through one.</summary>
internal static class PrimaryHandlers
{
    /// <summary>Makes a handler for calls with a token.</summary>
    /// <param name="acceptsPlainHttp">Whether the user accepts plain http for an address.</param>
    public static SocketsHttpHandler CreateForCalls(Func<Uri, bool> acceptsPlainHttp) =>
        new() { PooledConnectionLifetime = PrimaryHandler.ConnectionLifetime, Proxy = new EnvironmentProxy(acceptsPlainHttp) };

    /// <summary>Makes the HttpClient that sends token requests through a handler.</summary>
    /// <param name="handler">The handler.</param>
    /// <param name="disposeHandler">Whether the handler is disposed together with the client.</param>
    /// <exception cref="InvalidOperationException">The handler could send the secret to another address.</exception>
    public static HttpClient CreateTokenClient(HttpMessageHandler handler, bool disposeHandler)
    {
        // A handler in front may keep the body in memory, and RedirectGuard does not see when that copy is sent.
        if (handler is DelegatingHandler && PrimaryHandler.FollowsRedirects(handler))
        {
            throw new InvalidOperationException(
                "The handler for token requests wraps a handler that follows redirects. A redirect could send the client secret to another address. "
                + $"Set AllowAutoRedirect to false where you make the inner handler (HttpClient '{CognitoM2MDiagnostics.TokenHttpClientName}').");
        }

        // Each attempt has its own time limit.
        return new HttpClient(new ProxyGuard(new RedirectGuard(handler)), disposeHandler) { Timeout = Timeout.InfiniteTimeSpan };
    }
}
