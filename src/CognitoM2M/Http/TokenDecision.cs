using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>Decides whether a message of one handler chain gets a token, and with which scopes and metadata.</summary>
/// <param name="client">The client whose token messages get.</param>
/// <param name="isForAllHttpClients">
/// Whether the token was put on all HttpClients by default. Requests of the source of the client's secret then go without a token.
/// </param>
/// <param name="overrides">Keeps what tokens were requested with.</param>
internal sealed class TokenDecision(Lazy<AppClient> client, bool isForAllHttpClients, SentOverrides overrides)
{
    /// <summary>Where the messages may go.</summary>
    public CallDestination Destination { get; } = new(client, overrides);

    /// <summary>
    /// Whether the request comes from the source of the client's secret, on an HttpClient that has the token by default. The source cannot wait
    /// for a token that needs its secret, and a held token is not meant for where secrets are kept.
    /// </summary>
    public bool IsAskedBySecretSource => isForAllHttpClients && client.Value.IsAskedBySecretSource;

    /// <summary>Remembers what a token was requested with, for copies of the message that lack its options.</summary>
    public void Remember(string headerValue, CognitoTokenRequest request) => overrides.Add(headerValue, request);

    /// <summary>Whether the request gets a token. A request with an Authorization header of the caller's own gets none.</summary>
    /// <param name="request">The request.</param>
    /// <param name="next">The handler that the request goes to next.</param>
    /// <param name="tokenRequest">What the token is requested with.</param>
    /// <exception cref="CognitoTokenException">The request needs a token and must not get it.</exception>
    public bool NeedsToken(HttpRequestMessage request, HttpMessageHandler? next, out CognitoTokenRequest? tokenRequest)
    {
        tokenRequest = null;
        if (AuthorizationHeader.TryRead(request, out var present))
        {
            if (!RequestedToken.TryFind(client.Value, overrides, request, present.ToString(), out tokenRequest))
                return false;

            TokenOverride.RestoreAddress(request);
        }

        if (tokenRequest is null && IsAskedBySecretSource)
            return false;

        Destination.Check(request, next);
        return true;
    }
}
