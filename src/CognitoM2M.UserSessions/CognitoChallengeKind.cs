namespace CognitoM2M.UserSessions;

/// <summary>How a challenge is answered.</summary>
public enum CognitoChallengeKind
{
    /// <summary>
    /// This library cannot answer the challenge: <c>MFA_SETUP</c>, <c>CUSTOM_CHALLENGE</c>, <c>DEVICE_SRP_AUTH</c>, <c>WEB_AUTHN</c>, and challenges that Cognito may add.
    /// Sign such users in with an authorization request: managed login answers all challenges.
    /// </summary>
    Unsupported,

    /// <summary>The user must choose a new password (<c>NEW_PASSWORD_REQUIRED</c>): <see cref="CognitoUserSessions.AnswerNewPasswordAsync"/>.</summary>
    NewPassword,

    /// <summary>
    /// The user must enter a code from a text message, an e-mail or an authenticator app (<c>SMS_MFA</c>, <c>EMAIL_OTP</c>, <c>SMS_OTP</c>, <c>SOFTWARE_TOKEN_MFA</c>):
    /// <see cref="CognitoUserSessions.AnswerCodeAsync"/>.
    /// </summary>
    Code,

    /// <summary>The user must choose between ways to sign in (<c>SELECT_MFA_TYPE</c>, <c>SELECT_CHALLENGE</c>): <see cref="CognitoUserSessions.SelectChallengeAsync"/>.</summary>
    Selection,
}
