namespace CognitoM2M;

/// <summary>Values of <see cref="CognitoTokenException.Error"/> for failures that Cognito has no name for.</summary>
public static class CognitoTokenErrors
{
    /// <summary>No response came: the host name did not resolve, the connection was refused or lost, or TLS failed.</summary>
    /// <remarks>Check <c>Domain</c> and <c>Region</c>, then firewall, proxy and security group of this host. The hint names the host.</remarks>
    public const string RequestFailed = "request_failed";

    /// <summary>No response came in time.</summary>
    /// <remarks>Check that this host can reach the address. Raise <c>AttemptTimeout</c> only if the way to Cognito is slow.</remarks>
    public const string Timeout = "timeout";

    /// <summary>
    /// The token request was not sent, because for a minute other token requests of this process to the same host went first; see
    /// <see cref="CognitoM2MClientOptions.MaxTokenRequestsPerSecond"/>.
    /// </summary>
    /// <remarks>Find the code that requests so many tokens. Raise <c>MaxTokenRequestsPerSecond</c> if the quota of the AWS account allows more.</remarks>
    public const string QueueTimeout = "queue_timeout";

    /// <summary>The response reports an error without naming it, such as an HTML page with status 503.</summary>
    /// <remarks>Look at <c>TokenEndpointStatusCode</c>. A proxy or a load balancer has probably answered in place of Cognito.</remarks>
    public const string HttpError = "http_error";

    /// <summary>The response has status 200 and is not a token response (RFC 6749, section 5.1).</summary>
    /// <remarks>Check that the address is the one of Cognito, and that no proxy answers in its place.</remarks>
    public const string InvalidResponse = "invalid_response";

    /// <summary>The <see cref="ICognitoSecretSource"/> gave no secret, and no earlier secret is known.</summary>
    /// <remarks>Check <c>ClientSecretFile</c>, <c>PasswordFile</c>, or the source that you registered. The hint says what is wrong with it.</remarks>
    public const string SecretUnavailable = "secret_unavailable";

    /// <summary>Cognito wants more than the password of a user, such as a new password or a second factor. The message says what an administrator has to do.</summary>
    /// <remarks>Do what the hint says: it has the command that an administrator runs.</remarks>
    public const string ChallengeRequired = "challenge_required";

    /// <summary>The call asks for scopes, and the route <see cref="CognitoTokenRoute.UserPassword"/> has none.</summary>
    /// <remarks>Take <c>WithCognitoScopes</c> off the request, or use a client of another route for the request.</remarks>
    public const string ScopesNotSupported = "scopes_not_supported";

    /// <summary>The call goes to an address that the token must not be sent to.</summary>
    /// <remarks>If the address may have the token, name its host in <c>AllowedHosts</c>. Otherwise correct the address or the <c>Host</c> header of the request.</remarks>
    public const string DestinationNotAllowed = "destination_not_allowed";

    /// <summary>The request asked for a token of its own (<c>WithCognitoToken</c>, <c>WithCognitoScopes</c>), but another handler copied it without its <see cref="HttpRequestMessage.Options"/>.</summary>
    /// <remarks>Let the handler that copies the request copy <c>HttpRequestMessage.Options</c>, too.</remarks>
    public const string RequestOptionsLost = "request_options_lost";
}
