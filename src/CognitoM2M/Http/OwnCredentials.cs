namespace CognitoM2M.Http;

/// <summary>
/// Marks a request whose Authorization header was the caller's own. HttpClient removes this header when it follows a redirect. If a retry handler
/// sent the message again, it would look like a request without credentials, and would take the token of the client to the redirect target.
/// </summary>
internal static class OwnCredentials
{
    /// <summary>The value of the Authorization header after the caller's header was removed. It is never sent.</summary>
    private const string Removed = "CognitoM2M-Credentials-Removed";

    /// <summary>Removes the mark of an earlier attempt before the message is sent again.</summary>
    public static void TakeOffMark(HttpRequestMessage message)
    {
        if (AuthorizationHeader.TryRead(message, out var value) && value.ToString() == Removed)
            AuthorizationHeader.Remove(message);
    }

    /// <summary>Marks the message if it was sent with credentials of the caller, and has none any more.</summary>
    public static void MarkIfRemoved(HttpRequestMessage message)
    {
        if (AuthorizationHeader.IsMissing(message))
            AuthorizationHeader.Set(message, Removed);
    }
}
