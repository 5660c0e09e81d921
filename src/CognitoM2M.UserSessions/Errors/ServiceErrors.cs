using CognitoM2M.Shared;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Errors;

/// <summary>The errors of the user pools API. The first row that fits counts.</summary>
internal static class ServiceErrors
{
    private const string NotAuthorized = "NotAuthorizedException";
    private const string InvalidParameter = "InvalidParameterException";

    /// <summary>Cognito locks a user out for 15 minutes at most, and forgets the attempts after 15 minutes without one.</summary>
    private static readonly TimeSpan _lockout = TimeSpan.FromMinutes(15);

    private static readonly TimeSpan _shortPause = TimeSpan.FromSeconds(5);

    public static IReadOnlyList<ErrorRow> Rows { get; } =
    [
        new(NotAuthorized, WrongCredentials, UserMessages.NotSignedIn, "User name or password is wrong.") { Problem = SignInProblem.WrongPassword },
        new(NotAuthorized, TooManyAttempts, UserMessages.NotSignedIn, "The user is locked out after wrong passwords. Attempts during the lock-out do not count.")
        {
            Problem = SignInProblem.AttemptsExceeded,
            RetryAfter = _lockout,
        },
        .. ForTokens(new(NotAuthorized, SessionEnded, UserMessages.SignInAgain, "An administrator has disabled the user (AdminDisableUser).") { Problem = SignInProblem.UserDisabled }),
        new(NotAuthorized, UserDisabled, UserMessages.NotSignedIn, "An administrator has disabled the user (AdminDisableUser).") { Problem = SignInProblem.UserDisabled },
        new(NotAuthorized, TemporaryPasswordExpired, UserMessages.NotSignedIn, "The temporary password has expired. An administrator must set a new one (AdminSetUserPassword).")
        {
            Problem = SignInProblem.PasswordExpired,
        },
        new(NotAuthorized, Configuration, UserMessages.NotPossible, "The app client has a secret. Set ClientSecret.") { Problem = SignInProblem.SecretMissing },
        new(NotAuthorized, Configuration, UserMessages.NotPossible, "ClientSecret is not a secret of this app client, or a refresh was made with a user name that is not the claim cognito:username.")
        {
            Problem = SignInProblem.SecretWrong,
        },
        new(NotAuthorized, SignInExpired, UserMessages.BeginAgain, "The session of the challenge has expired or was answered before.") { Part = "Invalid session for the user" },
        new(NotAuthorized, SessionEnded, UserMessages.SignInAgain, "The refresh token has expired or was revoked, or is of another app client. If every refresh fails, the user pool may track devices (DeviceConfiguration), which this library does not support.") { Problem = SignInProblem.RefreshTokenRefused },
        new(NotAuthorized, Configuration, UserMessages.NotPossible, "The access token lacks the scope aws.cognito.signin.user.admin. Request it in Scopes, and allow it for the app client.")
        {
            Part = "required scopes",
        },
        new(NotAuthorized, SessionEnded, UserMessages.SignInAgain, "The access token has expired or was revoked.") { Part = "Access Token" },
        new(NotAuthorized, WrongCredentials, UserMessages.NotSignedIn, "Cognito refused the sign-in and gave none of the reasons that this library knows.") { Step = SessionStep.SignIn },
        new(NotAuthorized, SignInExpired, UserMessages.BeginAgain, "Cognito refused the answer to the challenge and gave none of the reasons that this library knows.") { Step = SessionStep.Challenge },
        new(NotAuthorized, SessionEnded, UserMessages.SignInAgain, "Cognito does not accept the token."),
        .. ForTokens(new("UserNotFoundException", SessionEnded, UserMessages.SignInAgain, "The user was deleted.")),
        new("UserNotFoundException", WrongCredentials, UserMessages.NotSignedIn, "The user does not exist. Set PreventUserExistenceErrors of the app client to ENABLED, so that the time of the answer does not show whether a user exists."),
        .. ForTokens(new("UserNotConfirmedException", SessionEnded, UserMessages.SignInAgain, "The user is not confirmed (ConfirmSignUp).")),
        new("UserNotConfirmedException", UserNotConfirmed, UserMessages.NotSignedIn, "The user has not confirmed the registration (ConfirmSignUp)."),
        .. ForTokens(new("PasswordResetRequiredException", SessionEnded, UserMessages.SignInAgain, "An administrator has reset the password (AdminResetUserPassword). The user must set a new one (ForgotPassword).")),
        new("PasswordResetRequiredException", PasswordResetRequired, UserMessages.NotSignedIn, "The user must reset the password (ForgotPassword)."),
        new("RefreshTokenReuseException", SessionEnded, UserMessages.SignInAgain, "A refresh token that was rotated away was used again: two requests refreshed at once, or the token was stolen."),
        new("CodeMismatchException", WrongCode, UserMessages.WrongCode, "The code is wrong."),
        new("ExpiredCodeException", SignInExpired, UserMessages.BeginAgain, "The code has expired."),
        new("TooManyFailedAttemptsException", TooManyAttempts, UserMessages.WaitLong, "The user had too many attempts.") { RetryAfter = _lockout },
        new("LimitExceededException", TooManyAttempts, UserMessages.WaitLong, "A limit for this user is reached, such as the number of messages with codes.") { RetryAfter = _lockout },
        new("InvalidPasswordException", PasswordNotAccepted, UserMessages.ChooseAnotherPassword, "The password breaks the policy of the user pool."),
        new("PasswordHistoryPolicyViolationException", PasswordNotAccepted, UserMessages.ChooseAnotherPassword, "The user has had this password before."),
        new(InvalidParameter, Configuration, UserMessages.NotPossible, "Add ALLOW_USER_PASSWORD_AUTH or ALLOW_REFRESH_TOKEN_AUTH to ExplicitAuthFlows of the app client.") { Problem = SignInProblem.FlowNotEnabled },
        new(InvalidParameter, Configuration, UserMessages.NotPossible, "ClientSecret is malformed. Copy the whole secret, and nothing else.") { Part = "clientSecret" },
        new(InvalidParameter, SessionEnded, UserMessages.SignInAgain, "The text is not a refresh token.") { Step = SessionStep.Refresh },
        new(InvalidParameter, SessionEnded, UserMessages.SignInAgain, "The text is not an access token.") { Step = SessionStep.AccessToken },
        new(InvalidParameter, Configuration, UserMessages.NotPossible, "The text is not a refresh token, or ClientSecret is not a secret.") { Step = SessionStep.Revocation },
        new(InvalidParameter, InvalidInput, UserMessages.CheckInput, "Cognito does not accept a value: a user name or a password with characters that it does not allow, or a missing or malformed attribute."),
        new("AliasExistsException", InvalidInput, UserMessages.CheckInput, "Another user has this e-mail address or phone number."),
        new("MFAMethodNotFoundException", Configuration, UserMessages.NotPossible, "The user has no second factor that the user pool accepts."),
        new("SoftwareTokenMFANotFoundException", Configuration, UserMessages.NotPossible, "The user has no authenticator app."),
        new("UserLambdaValidationException", Refused, UserMessages.NotPossible, "A Lambda function of the user pool refused the sign-in."),
        new("UnexpectedLambdaException", Unavailable, UserMessages.TryLater, "A Lambda function of the user pool failed. See its log.") { RetryAfter = _shortPause },
        new("InvalidLambdaResponseException", Configuration, UserMessages.NotPossible, "A Lambda function of the user pool gave an answer that Cognito cannot read."),
        new("CodeDeliveryFailureException", Unavailable, UserMessages.TryLater, "Cognito could not send the code.") { RetryAfter = TimeSpan.FromMinutes(1) },
        new("InvalidSmsRoleAccessPolicyException", Configuration, UserMessages.NotPossible, "The IAM role for text messages lacks a permission."),
        new("InvalidSmsRoleTrustRelationshipException", Configuration, UserMessages.NotPossible, "The IAM role for text messages does not trust Cognito."),
        new("InvalidEmailRoleAccessPolicyException", Configuration, UserMessages.NotPossible, "Cognito may not send with the configured e-mail identity."),
        new("InvalidUserPoolConfigurationException", Configuration, UserMessages.NotPossible, "The configuration of the user pool contradicts itself."),
        new("UnauthorizedException", Configuration, UserMessages.NotPossible, "ClientSecret is wrong, or the refresh token is of another app client."),
        new("UnsupportedTokenTypeException", Configuration, UserMessages.NotPossible, "Only refresh tokens can be revoked."),
        new("UnsupportedOperationException", Configuration, UserMessages.NotPossible, "Set EnableTokenRevocation of the app client to true."),
        new("OperationNotEnabledException", Configuration, UserMessages.NotPossible, "The operation is not available at this address. Use the primary region of the user pool."),
        new("UnknownOperationException", Configuration, UserMessages.NotPossible, "The address is not the address of the user pools API. Check Region or ServiceUrl."),
        new("ResourceNotFoundException", Configuration, UserMessages.NotPossible, "The app client does not exist in this region, or was deleted. Check ClientId and Region."),
        new("ForbiddenException", Blocked, UserMessages.NotPossible, "An AWS WAF web ACL blocked the request."),
        new("AccessDeniedException", Blocked, UserMessages.NotPossible, "A policy of AWS blocked the request. Check the policy of the VPC endpoint."),
        new("TooManyRequestsException", Throttled, UserMessages.WaitShortly, "Cognito throttles. The quotas count for the whole AWS account in a region.") { RetryAfter = _shortPause },
        new("ThrottlingException", Throttled, UserMessages.WaitShortly, "AWS throttles.") { RetryAfter = _shortPause },
        new("RequestTimeoutException", Unavailable, UserMessages.TryLater, "The request reached AWS too slowly.") { RetryAfter = _shortPause },
        new("InternalErrorException", Unavailable, UserMessages.TryLater, "Cognito returned a server error.") { RetryAfter = _shortPause },
        new("InternalServerException", Unavailable, UserMessages.TryLater, "Cognito returned a server error.") { RetryAfter = _shortPause },
        new("InternalFailure", Unavailable, UserMessages.TryLater, "Cognito returned a server error.") { RetryAfter = _shortPause },
        new("ServiceUnavailable", Unavailable, UserMessages.TryLater, "Cognito returned a server error.") { RetryAfter = _shortPause },
    ];

    /// <summary>Copies a row for the two steps that only signed-in users reach: AccessToken and Refresh.</summary>
    private static IEnumerable<ErrorRow> ForTokens(ErrorRow row) => [row with { Step = SessionStep.AccessToken }, row with { Step = SessionStep.Refresh }];
}
