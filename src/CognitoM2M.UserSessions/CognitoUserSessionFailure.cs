namespace CognitoM2M.UserSessions;

/// <summary>What a failure means for the application: what to do next. Several errors of Cognito mean the same.</summary>
public enum CognitoUserSessionFailure
{
    /// <summary>Cognito answered with an error that this library does not know.</summary>
    Unknown,

    /// <summary>User name or password is wrong. Whether the user exists is not said.</summary>
    WrongCredentials,

    /// <summary>The user had too many attempts and must wait.</summary>
    TooManyAttempts,

    /// <summary>An administrator has disabled the user.</summary>
    UserDisabled,

    /// <summary>The temporary password has expired. An administrator must set a new one.</summary>
    TemporaryPasswordExpired,

    /// <summary>The user has not confirmed the registration.</summary>
    UserNotConfirmed,

    /// <summary>The user must reset the password before a sign-in.</summary>
    PasswordResetRequired,

    /// <summary>The code is wrong. The same challenge can be answered again.</summary>
    WrongCode,

    /// <summary>The new password does not satisfy the policy of the user pool. The same challenge can be answered again.</summary>
    PasswordNotAccepted,

    /// <summary>Something that the user entered cannot be used.</summary>
    InvalidInput,

    /// <summary>The sign-in took too long, or its link, state or session was used before or changed. The user must begin again.</summary>
    SignInExpired,

    /// <summary>The user has left the sign-in page without signing in, or nobody has signed in and <c>prompt=none</c> allows no sign-in page.</summary>
    SignInCancelled,

    /// <summary>The session has ended or was revoked. The user must sign in again.</summary>
    SessionEnded,

    /// <summary>A Lambda function of the user pool refused the sign-in, or an identity provider did.</summary>
    Refused,

    /// <summary>An AWS WAF web ACL or a proxy blocked the request.</summary>
    Blocked,

    /// <summary>Too many requests.</summary>
    Throttled,

    /// <summary>Cognito, or the connection to Cognito, does not work at the moment.</summary>
    Unavailable,

    /// <summary>A setting of the application or of the user pool is wrong. Only an administrator can help.</summary>
    Configuration,
}
