namespace CognitoM2M.Shared;

/// <summary>Recognizes the errors that Cognito answers to sign-ins, refresh tokens and challenges.</summary>
internal static class SignInProblems
{
    // Cognito has one name for all refusals, and one for all wrong parameters. Their texts are stable enough to be compared in part, and other texts stay "other".
    private static readonly (string Part, SignInProblem Problem)[] _texts =
    [
        ("Incorrect username or password", SignInProblem.WrongPassword),
        ("attempts exceeded", SignInProblem.AttemptsExceeded),
        ("is disabled", SignInProblem.UserDisabled),
        ("Temporary password has expired", SignInProblem.PasswordExpired),
        ("configured for secret but secret was not received", SignInProblem.SecretMissing),
        ("SECRET_HASH was not received", SignInProblem.SecretMissing),
        ("Unable to verify secret", SignInProblem.SecretWrong),
        ("SecretHash does not match", SignInProblem.SecretWrong),
        ("Refresh Token", SignInProblem.RefreshTokenRefused),
        ("flow not enabled", SignInProblem.FlowNotEnabled),
        ("_AUTH is not supported", SignInProblem.FlowNotEnabled),
        ("method not supported", SignInProblem.FlowNotEnabled),
    ];

    /// <summary>Recognizes an error by its name, and the many meanings of NotAuthorizedException by their texts.</summary>
    public static SignInProblem Find(JsonApiError error) => error.Name switch
    {
        "NotAuthorizedException" => FindRefusal(error.Message),
        "PasswordResetRequiredException" => SignInProblem.PasswordResetRequired,
        "UserNotConfirmedException" => SignInProblem.UserNotConfirmed,
        "UserNotFoundException" => SignInProblem.UserNotFound,
        "RefreshTokenReuseException" => SignInProblem.RefreshTokenRefused,
        "UserLambdaValidationException" or "UnexpectedLambdaException" or "InvalidLambdaResponseException" => SignInProblem.TriggerRefused,
        "InvalidParameterException" when IsAboutFlow(error.Message) => SignInProblem.FlowNotEnabled,
        "UnsupportedOperationException" or "OperationNotEnabledException" or "UnknownOperationException" => SignInProblem.OperationNotAvailable,
        "ResourceNotFoundException" => SignInProblem.AppClientNotFound,
        "ForbiddenException" => SignInProblem.Blocked,
        "TooManyRequestsException" or "ThrottlingException" => SignInProblem.Throttled,
        "InternalErrorException" or "InternalServerException" or "InternalFailure" or "ServiceUnavailable" => SignInProblem.ServiceFailed,
        _ => SignInProblem.Other,
    };

    /// <summary>The text by which a problem is recognized; the first one if there are several, and null if the name of the error is enough.</summary>
    public static string? FindText(SignInProblem problem) => _texts.FirstOrDefault(text => text.Problem == problem).Part;

    private static SignInProblem FindRefusal(string message) =>
        _texts.FirstOrDefault(text => text.Problem != SignInProblem.FlowNotEnabled && Has(message, text.Part)).Problem;

    private static bool IsAboutFlow(string message) => _texts.Any(text => text.Problem == SignInProblem.FlowNotEnabled && Has(message, text.Part));

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
}
