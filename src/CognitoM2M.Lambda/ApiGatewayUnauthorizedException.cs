using CognitoM2M.Verification;

namespace CognitoM2M.Lambda;

/// <summary>
/// The request has no token, or its token is rejected. The message is exactly <c>Unauthorized</c>. If a Lambda function fails with this message,
/// API Gateway answers the caller of a REST API with status 401 and keeps nothing in its cache.
/// </summary>
/// <remarks>Let this exception leave the function. A policy that denies everything would give status 403, and the caller would not renew its token.</remarks>
public sealed class ApiGatewayUnauthorizedException : Exception
{
    private const string MessageForApiGateway = "Unauthorized";

    /// <summary>Creates an exception. The authorizer creates these; create one yourself to unit-test your own code.</summary>
    /// <param name="rejection">Why the token is rejected.</param>
    public ApiGatewayUnauthorizedException(TokenRejection rejection)
        : base(MessageForApiGateway)
    {
        ArgumentNullException.ThrowIfNull(rejection);
        Rejection = rejection;
    }

    /// <summary>Why the token is rejected. Log this; do not send it to the caller.</summary>
    public TokenRejection Rejection { get; }
}
