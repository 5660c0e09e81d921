namespace CognitoM2M;

/// <summary>Values of <see cref="CognitoTokenException.Error"/> for failures that Cognito has no name for.</summary>
public static class CognitoTokenErrors
{
    /// <summary>No response came: the host name did not resolve, the connection was refused or lost, or TLS failed.</summary>
    public const string RequestFailed = "request_failed";

    /// <summary>No response came in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>
    /// The token request was not sent, because for a minute other token requests of this process to the same host went first; see
    /// <see cref="CognitoM2MClientOptions.MaxTokenRequestsPerSecond"/>.
    /// </summary>
    public const string QueueTimeout = "queue_timeout";

    /// <summary>The response reports an error without naming it, such as an HTML page with status 503.</summary>
    public const string HttpError = "http_error";

    /// <summary>The response has status 200 and is not a token response (RFC 6749, section 5.1).</summary>
    public const string InvalidResponse = "invalid_response";

    /// <summary>The <see cref="ICognitoSecretSource"/> gave no secret, and no earlier secret is known.</summary>
    public const string SecretUnavailable = "secret_unavailable";

    /// <summary>Cognito wants more than the password of a user, such as a new password or a second factor. The message says what an administrator has to do.</summary>
    public const string ChallengeRequired = "challenge_required";

    /// <summary>The call asks for scopes, and the route <see cref="CognitoTokenRoute.UserPassword"/> has none.</summary>
    public const string ScopesNotSupported = "scopes_not_supported";

    /// <summary>The call goes to an address that the token must not be sent to.</summary>
    public const string DestinationNotAllowed = "destination_not_allowed";

    /// <summary>The request asked for a token of its own (<c>WithCognitoToken</c>, <c>WithCognitoScopes</c>), but another handler copied it without its <see cref="HttpRequestMessage.Options"/>.</summary>
    public const string RequestOptionsLost = "request_options_lost";
}
