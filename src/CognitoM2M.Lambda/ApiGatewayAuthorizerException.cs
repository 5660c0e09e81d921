namespace CognitoM2M.Lambda;

/// <summary>
/// An authorizer has no answer: the event is malformed, the settings of API Gateway and of the authorizer do not fit together, or no keys can be
/// downloaded. API Gateway then answers the caller with status 500 and keeps nothing in its cache. The message says what to do.
/// </summary>
public sealed class ApiGatewayAuthorizerException : Exception
{
    /// <summary>Creates an exception. The authorizer creates these; create one yourself to unit-test your own code.</summary>
    /// <param name="message">What is wrong and what to do, without any part of a token.</param>
    public ApiGatewayAuthorizerException(string message)
        : base(message)
    {
    }
}
