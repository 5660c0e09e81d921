using CognitoM2M.Cache;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Http;

/// <summary>Makes token handlers for HttpClients that others make.</summary>
internal sealed class TokenHandlerFactory(CachingTokenProvider provider) : ICognitoTokenHandlerFactory
{
    public DelegatingHandler CreateHandler(string clientName, HttpMessageHandler? innerHandler = null, CognitoTokenRequest? request = null)
    {
        RefuseForcedRefresh(request);
        var handler = new CognitoTokenHandler(FindClient(provider, clientName, request));
        handler.InnerHandler = innerHandler ?? PrimaryHandlers.CreateForCalls(handler.Destination.AcceptsPlainHttp);
        return handler;
    }

    /// <summary>The client whose token a handler puts on each request.</summary>
    public static AppClient FindClient(CachingTokenProvider provider, string clientName, CognitoTokenRequest? request) =>
        request is null ? provider.GetClient(clientName) : provider.GetClient(clientName, request);

    /// <exception cref="ArgumentException">The request forces a refresh.</exception>
    public static void RefuseForcedRefresh(CognitoTokenRequest? request)
    {
        if (request is { ForceRefresh: true })
            throw new ArgumentException("With ForceRefresh every call would fetch a token. Set it on single requests only.", nameof(request));
    }
}
