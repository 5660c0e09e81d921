using CognitoM2M.Http;

namespace CognitoM2M;

/// <summary>Per-request wishes, for requests sent through an HttpClient that carries a Cognito token.</summary>
public static class CognitoHttpRequestMessageExtensions
{
    /// <summary>Asks for a token with these scopes for this one request.</summary>
    /// <param name="request">The request; returned for chaining.</param>
    /// <param name="scopes">At least one, each written <c>resource-server/scope</c>.</param>
    /// <exception cref="ArgumentException">No scope, or a malformed one.</exception>
    /// <exception cref="InvalidOperationException">The request has an Authorization header of its own.</exception>
    public static HttpRequestMessage WithCognitoScopes(this HttpRequestMessage request, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(scopes);
        if (scopes.Length == 0)
            throw new ArgumentException("Name at least one scope.", nameof(scopes));

        return request.WithCognitoToken(new CognitoTokenRequest { Scopes = scopes });
    }

    /// <summary>Asks for a token other than the client's usual one for this one request.</summary>
    /// <param name="request">The request; returned for chaining.</param>
    /// <param name="tokenRequest">What to ask for.</param>
    /// <exception cref="InvalidOperationException">The request has an Authorization header of its own.</exception>
    public static HttpRequestMessage WithCognitoToken(this HttpRequestMessage request, CognitoTokenRequest tokenRequest)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(tokenRequest);

        TokenOverride.Set(request, tokenRequest);
        return request;
    }
}
