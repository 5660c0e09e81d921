using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>Refuses token requests that would take the client secret through a proxy of the environment without encryption.</summary>
internal sealed class ProxyGuard(HttpMessageHandler innerHandler) : DelegatingHandler(innerHandler)
{
    /// <exception cref="InvalidOperationException">The handler would send token requests to this endpoint through such a proxy.</exception>
    public static void Check(HttpMessageHandler handler, Uri endpoint)
    {
        if (PrimaryHandler.FindReadingProxy(handler, endpoint) is { } proxy)
        {
            throw new InvalidOperationException(
                $"Token requests to {endpoint.Scheme}://{endpoint.Authority} would go through the proxy {proxy.Authority} of the environment, which could read the "
                + "client secret. Exclude the host with no_proxy, or set UseProxy to false where you make the handler for token requests "
                + $"(HttpClient '{CognitoM2MDiagnostics.TokenHttpClientName}').");
        }
    }

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Check(InnerHandler!, request.RequestUri!);
        return base.SendAsync(request, cancellationToken);
    }
}
