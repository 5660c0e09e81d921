namespace CognitoM2M.Shared;

/// <summary>Recognizes the errors that Cognito answers to sign-ins, refresh tokens and challenges.</summary>
internal static class SignInProblems
{
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

    // Cognito has one name for all of these. Their texts are stable enough to be compared in part, and other texts stay "other".
    private static SignInProblem FindRefusal(string message) =>
        Has(message, "Incorrect username or password") ? SignInProblem.WrongPassword
        : Has(message, "attempts exceeded") ? SignInProblem.AttemptsExceeded
        : Has(message, "is disabled") ? SignInProblem.UserDisabled
        : Has(message, "Temporary password has expired") ? SignInProblem.PasswordExpired
        : Has(message, "configured for secret but secret was not received") || Has(message, "SECRET_HASH was not received") ? SignInProblem.SecretMissing
        : Has(message, "Unable to verify secret") || Has(message, "SecretHash does not match") ? SignInProblem.SecretWrong
        : Has(message, "Refresh Token") ? SignInProblem.RefreshTokenRefused
        : SignInProblem.Other;

    private static bool IsAboutFlow(string message) =>
        Has(message, "flow not enabled") || Has(message, "_AUTH is not supported") || Has(message, "method not supported");

    private static bool Has(string message, string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
}
