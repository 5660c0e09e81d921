using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>Cognito would refuse. Becomes the JSON API's error envelope, or an argument exception of the C# members.</summary>
internal sealed class RefusedException(string errorName, string message, int statusCode = StatusCodes.Status400BadRequest)
    : Exception(message)
{
    private const string LimitExceededName = "LimitExceededException";

    public string ErrorName { get; } = errorName;

    public int StatusCode { get; } = statusCode;

    public static RefusedException InvalidParameter(string message) => new("InvalidParameterException", message);

    public static RefusedException InvalidOAuthFlow(string message) => new("InvalidOAuthFlowException", message);

    public static RefusedException NotAuthorized(string message) => new("NotAuthorizedException", message);

    public static RefusedException NotFound(string message) => new("ResourceNotFoundException", message);

    public static RefusedException LimitExceeded(string message) => new(LimitExceededName, message);

    public static RefusedException Serialization(string message, int statusCode = StatusCodes.Status400BadRequest) =>
        new("SerializationException", message, statusCode);

    /// <summary>What a C# caller gets instead: a full container is a matter of state, all else one of arguments.</summary>
    public Exception ForCaller() => ErrorName == LimitExceededName
        ? new InvalidOperationException(Message, this)
        : new ArgumentException(Message, paramName: null, this);
}
