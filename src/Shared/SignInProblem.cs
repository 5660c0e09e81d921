namespace CognitoM2M.Shared;

/// <summary>What an error of the user pools API means for the sign-in of a user.</summary>
internal enum SignInProblem
{
    /// <summary>An error that this list does not know.</summary>
    Other,

    /// <summary>The user name or the password is wrong. Cognito does not say which of the two. Each such answer brings the user closer to a lock-out.</summary>
    WrongPassword,

    /// <summary>The user is locked out for up to 15 minutes after wrong passwords.</summary>
    AttemptsExceeded,

    /// <summary>The temporary password has expired.</summary>
    PasswordExpired,

    /// <summary>The user must choose a new password (<c>ForgotPassword</c>) before the next sign-in.</summary>
    PasswordResetRequired,

    UserDisabled,
    UserNotConfirmed,

    /// <summary>There is no such user. App clients with <c>PreventUserExistenceErrors</c> say <see cref="WrongPassword"/> instead.</summary>
    UserNotFound,

    /// <summary>The app client has a secret, and the request has no SECRET_HASH and no ClientSecret.</summary>
    SecretMissing,

    /// <summary>SECRET_HASH or ClientSecret does not fit the secret of the app client, or the app client has none.</summary>
    SecretWrong,

    /// <summary>The refresh token has expired, was revoked or replaced, or is none.</summary>
    RefreshTokenRefused,

    /// <summary>A Lambda trigger of the user pool refused the sign-in, failed, or gave an unreadable answer.</summary>
    TriggerRefused,

    /// <summary>The app client does not allow the flow (<c>ExplicitAuthFlows</c>).</summary>
    FlowNotEnabled,

    /// <summary>The service at this address does not know the operation, or the operation is switched off for the user pool.</summary>
    OperationNotAvailable,

    AppClientNotFound,

    /// <summary>AWS WAF or a policy blocks the request.</summary>
    Blocked,

    /// <summary>Too many requests of the account.</summary>
    Throttled,

    /// <summary>A fault of the service.</summary>
    ServiceFailed,
}
