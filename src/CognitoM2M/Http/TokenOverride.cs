namespace CognitoM2M.Http;

/// <summary>
/// Carries a per-request wish on the message. Looking into the options of a message that has none creates them, which no ordinary
/// request shall pay for; so a wish also leaves a placeholder in the Authorization header, where the handler looks anyway.
/// </summary>
internal static class TokenOverride
{
    public const string HeaderName = "Authorization";

    /// <summary>Harmless if the message is sent without our handler: it is no credential.</summary>
    public const string Placeholder = "CognitoM2M-Token-Wanted";

    private static readonly HttpRequestOptionsKey<CognitoTokenRequest> _requestKey = new("CognitoM2M.TokenRequest");
    private static readonly HttpRequestOptionsKey<Uri> _addressKey = new("CognitoM2M.RequestUri");

    public static void Set(HttpRequestMessage message, CognitoTokenRequest request)
    {
        if (message.Headers.NonValidated.Contains(HeaderName) && Of(message) is null)
        {
            throw new InvalidOperationException(
                "The request has an Authorization header of its own, and a caller's own header is left alone; remove one of the two.");
        }

        message.Headers.Remove(HeaderName);
        message.Headers.TryAddWithoutValidation(HeaderName, Placeholder);
        message.Options.Set(_requestKey, request);
    }

    /// <summary>The wish; call it only for messages that have an Authorization header.</summary>
    public static CognitoTokenRequest? Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(_requestKey, out var request) ? request : null;

    /// <summary>
    /// Called when HttpClient has followed a redirect, which changes the message: takes the header off and the address to where it
    /// was led. Sent once more by a retry handler, it would be a new request to that address, and given a token for it.
    /// </summary>
    public static void RememberAddress(HttpRequestMessage message, Uri? address)
    {
        if (address is null || message.Headers.NonValidated.Contains(HeaderName))
            return;

        message.Options.Set(_addressKey, address);
        message.Headers.TryAddWithoutValidation(HeaderName, Placeholder);
    }

    /// <summary>Undoes the redirect of an earlier attempt.</summary>
    public static void RestoreAddress(HttpRequestMessage message)
    {
        if (message.Options.TryGetValue(_addressKey, out var address))
            message.RequestUri = address;
    }
}
