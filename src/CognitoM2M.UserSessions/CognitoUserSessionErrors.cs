namespace CognitoM2M.UserSessions;

/// <summary>Values of <see cref="CognitoUserSessionException.Error"/> for failures that Cognito has no name for.</summary>
public static class CognitoUserSessionErrors
{
    /// <summary>No response came: the host name did not resolve, the connection was refused or lost, or TLS failed.</summary>
    public const string RequestFailed = "request_failed";

    /// <summary>No response came within <see cref="CognitoUserSessionsOptions.Timeout"/>. Cognito may have carried out the request.</summary>
    public const string Timeout = "timeout";

    /// <summary>The request was not sent, because for <see cref="CognitoUserSessionsOptions.Timeout"/> other requests of this process went first.</summary>
    public const string QueueTimeout = "queue_timeout";

    /// <summary>The response reports an error without naming it, such as an HTML page with status 503.</summary>
    public const string HttpError = "http_error";

    /// <summary>The response has status 200 and is not a valid answer to the request.</summary>
    public const string InvalidResponse = "invalid_response";

    /// <summary>Nothing was sent, because something that the user entered is missing or too long.</summary>
    public const string InvalidInput = "invalid_input";

    /// <summary>The callback has no valid state: it was changed, has expired, was made for another app client, or comes from another browser. No code was sent to Cognito.</summary>
    public const string InvalidState = "invalid_state";

    /// <summary>The return address is neither a path of the application nor an address of <see cref="CognitoUserSessionsOptions.ReturnOrigins"/>.</summary>
    public const string InvalidReturnUrl = "invalid_return_url";

    /// <summary>The sealed challenge was changed, has expired or was made for another app client.</summary>
    public const string InvalidChallenge = "invalid_challenge";

    /// <summary>The ID token is missing although the scope <c>openid</c> was requested, or does not have the nonce of the authorization request.</summary>
    public const string InvalidNonce = "invalid_nonce";

    /// <summary>The callback has a valid state and an error that this library does not know.</summary>
    public const string UnknownCallbackError = "unknown_callback_error";
}
