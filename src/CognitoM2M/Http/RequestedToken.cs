namespace CognitoM2M.Http;

/// <summary>
/// Carries a per-request wish on the message. Looking into the options of a message that has none creates them, which no ordinary
/// request shall pay for; so a wish also leaves a mark in the Authorization header, where the handler looks anyway.
/// </summary>
internal static class RequestedToken
{
    public const string HeaderName = "Authorization";

    /// <summary>The mark. Harmless if the message is sent without our handler: it is no credential.</summary>
    public const string Mark = "CognitoM2M-Token-Wanted";

    private static readonly HttpRequestOptionsKey<CognitoTokenRequest> _key = new("CognitoM2M.TokenRequest");

    public static void Set(HttpRequestMessage message, CognitoTokenRequest request)
    {
        if (message.Headers.NonValidated.Contains(HeaderName) && Of(message) is null)
        {
            throw new InvalidOperationException(
                "The request has an Authorization header of its own, and a caller's own header is left alone; remove one of the two.");
        }

        message.Headers.Remove(HeaderName);
        message.Headers.TryAddWithoutValidation(HeaderName, Mark);
        message.Options.Set(_key, request);
    }

    /// <summary>The wish; call it only for messages that have an Authorization header.</summary>
    public static CognitoTokenRequest? Of(HttpRequestMessage message) =>
        message.Options.TryGetValue(_key, out var request) ? request : null;
}
