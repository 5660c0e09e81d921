namespace CognitoM2M.Http;

/// <summary>
/// Carries the token request of one call on its message. Reading the options of a message that has none creates them, which would cost every
/// call memory. So an override also leaves a placeholder in the Authorization header, which the handler reads in any case.
/// </summary>
internal static class TokenOverride
{
    /// <summary>The value of the Authorization header until the handler sets the token. It is no credential, so it is harmless without the handler.</summary>
    public const string Placeholder = "CognitoM2M-Token-Wanted";

    private static readonly HttpRequestOptionsKey<CognitoTokenRequest> _requestKey = new("CognitoM2M.TokenRequest");
    private static readonly HttpRequestOptionsKey<Uri> _addressKey = new("CognitoM2M.RequestUri");

    public static void Set(HttpRequestMessage message, CognitoTokenRequest request)
    {
        if (AuthorizationHeader.TryRead(message, out var present) && present.ToString() != Placeholder && Find(message) is null)
        {
            throw new InvalidOperationException(
                "The request has an Authorization header. The token handler does not change such a header. Remove the header, or do not ask for a token.");
        }

        Restore(message, request);
    }

    /// <summary>Puts an override on a message that has lost it. What the Authorization header holds is replaced.</summary>
    public static void Restore(HttpRequestMessage message, CognitoTokenRequest request)
    {
        message.Options.Set(_requestKey, request);
        PutPlaceholder(message);
    }

    /// <summary>Puts the placeholder in the place of the token, so that the override is found if the message is sent again.</summary>
    public static void PutPlaceholder(HttpRequestMessage message) => AuthorizationHeader.Set(message, Placeholder);

    /// <summary>Finds the override of a message. Call this only for messages with an Authorization header: reading the options of others costs memory.</summary>
    public static CognitoTokenRequest? Find(HttpRequestMessage message) =>
        message.Options.TryGetValue(_requestKey, out var request) ? request : null;

    /// <summary>Whether a message with a placeholder has lost what it stood for: another handler copied the message without its options.</summary>
    public static bool IsLost(HttpRequestMessage message) => Find(message) is null && !message.Options.TryGetValue(_addressKey, out _);

    /// <summary>
    /// Remembers the original address after HttpClient has followed a redirect. HttpClient removes the header and changes the address of the
    /// message. If a retry handler sent the message again, it would look like a new request to the redirect target and get a token.
    /// </summary>
    public static void RememberAddress(HttpRequestMessage message, Uri address)
    {
        message.Options.Set(_addressKey, address);
        PutPlaceholder(message);
    }

    /// <summary>Restores the original address after the redirect of an earlier attempt.</summary>
    public static void RestoreAddress(HttpRequestMessage message)
    {
        if (message.Options.TryGetValue(_addressKey, out var address))
            message.RequestUri = address;
    }
}
