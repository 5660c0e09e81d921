namespace CognitoM2M;

/// <summary>Values of <see cref="CognitoTokenException.Error"/> for failures that Cognito has no name for.</summary>
public static class CognitoTokenErrors
{
    /// <summary>No answer came: name not resolved, connection refused or lost, TLS failure.</summary>
    public const string RequestFailed = "request_failed";

    /// <summary>No answer came in time.</summary>
    public const string Timeout = "timeout";

    /// <summary>An answer came that reports an error without naming it, such as an HTML page with status 503.</summary>
    public const string HttpError = "http_error";

    /// <summary>An answer came that says it succeeded, but is not a token response (RFC 6749, section 5.1).</summary>
    public const string InvalidResponse = "invalid_response";

    /// <summary>The <see cref="ICognitoClientSecretSource"/> gave no secret, and none is known from before.</summary>
    public const string SecretUnavailable = "secret_unavailable";

    /// <summary>The request would carry the token to an address it must not go to.</summary>
    public const string DestinationNotAllowed = "destination_not_allowed";
}
