using CognitoM2M.Http;

namespace CognitoM2M;

/// <summary>Overrides the token of one request that is sent through an HttpClient with a Cognito token.</summary>
public static class CognitoHttpRequestMessageExtensions
{
    /// <summary>Sends this one request with a token for these scopes.</summary>
    /// <param name="request">The request; returned for chaining.</param>
    /// <param name="scopes">One to 50 scopes, each written <c>resource-server/scope</c>.</param>
    /// <exception cref="ArgumentException">There is no scope, or a scope is malformed.</exception>
    /// <exception cref="InvalidOperationException">The request has an Authorization header already.</exception>
    public static HttpRequestMessage WithCognitoScopes(this HttpRequestMessage request, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("Name at least one scope.", nameof(scopes));

        return request.WithCognitoToken(new CognitoTokenRequest { Scopes = scopes });
    }

    /// <summary>Sends this one request with another token than the client's usual one.</summary>
    /// <param name="request">The request; returned for chaining.</param>
    /// <param name="tokenRequest">What to request instead of the client's own settings.</param>
    /// <exception cref="InvalidOperationException">The request has an Authorization header already.</exception>
    public static HttpRequestMessage WithCognitoToken(this HttpRequestMessage request, CognitoTokenRequest tokenRequest)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tokenRequest);

        TokenOverride.Set(request, tokenRequest);
        return request;
    }
}
