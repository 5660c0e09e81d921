using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.Protocol;

/// <summary>
/// A refusal in Cognito's words. The JSON API sends it to the caller as an error response; the C# members turn it into a standard
/// exception.
/// </summary>
/// <param name="errorName">The name of the error, such as <c>InvalidParameterException</c>.</param>
/// <param name="message">Cognito's own message where it is known.</param>
/// <param name="statusCode">The HTTP status. Cognito uses 400 for nearly every refusal.</param>
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

    /// <summary>A trigger failed, or changed what it must not change.</summary>
    public static RefusedException TriggerFailed(string message) => new("UserLambdaValidationException", message);

    public static RefusedException LimitExceeded(string message) => new(LimitExceededName, message);

    public static RefusedException Serialization(string message, int statusCode = StatusCodes.Status400BadRequest) =>
        new("SerializationException", message, statusCode);

    /// <summary>Converts the refusal for a caller in C#.</summary>
    /// <returns>
    /// An <see cref="InvalidOperationException"/> if a limit is reached, because then the state is wrong and not the argument; an
    /// <see cref="ArgumentException"/> otherwise.
    /// </returns>
    public Exception ToStandardException() => ErrorName == LimitExceededName
        ? new InvalidOperationException(Message, this)
        : new ArgumentException(Message, paramName: null, this);
}
