using CognitoM2M.Cache;

namespace CognitoM2M.Http;

/// <summary>Finds out what token a request asks for that has an Authorization header already.</summary>
internal static class RequestedToken
{
    /// <summary>
    /// Whether the header stands for a token of this client: it is the placeholder of an override, or a token that this client sent before. Any
    /// other header is the caller's own.
    /// </summary>
    /// <exception cref="CognitoTokenException">The override of the request is lost.</exception>
    public static bool TryFind(AppClient client, SentOverrides overrides, HttpRequestMessage message, string header, out CognitoTokenRequest? tokenRequest)
    {
        tokenRequest = TokenOverride.Find(message);
        if (header == TokenOverride.Placeholder)
            return TokenOverride.IsLost(message) ? throw CreateLostException(client) : true;
        if (client.Current.HasIssued(header, tokenRequest))
            return true;

        tokenRequest = overrides.Find(header);
        if (tokenRequest is null)
            return false;

        TokenOverride.Restore(message, tokenRequest);
        return true;
    }

    private static CognitoTokenException CreateLostException(AppClient client) => new(
        client.Name,
        CognitoTokenErrors.RequestOptionsLost,
        "A handler copied the request without its Options, which say what token to send. The handler must copy HttpRequestMessage.Options, too.");
}
