using CognitoM2M.Settings;

namespace CognitoM2M.SignIn;

/// <summary>What Cognito can want besides the password, and what an administrator does so that it does not.</summary>
internal static class Challenges
{
    /// <summary>The challenge for a temporary password. The user has to choose a new one.</summary>
    public const string NewPasswordRequired = "NEW_PASSWORD_REQUIRED";

    private const string NoSecondFactor = " --sms-mfa-settings Enabled=false --software-token-mfa-settings Enabled=false --email-mfa-settings Enabled=false";

    /// <summary>Describes a challenge. A name that is not known is not shown, because it is text that a server chose.</summary>
    public static string Describe(string challenge, AppClientSettings client) => challenge switch
    {
        NewPasswordRequired =>
            $"The password of user '{client.Username}' is a temporary one: Cognito answers with the challenge {NewPasswordRequired}. This process signs in at once "
            + $"with another password, and again with this one after {PasswordGuard.DoubtPause.TotalMinutes:0} minutes. {AdminCommands.WriteSetPassword(client)}",
        "MFA_SETUP" =>
            $"The user pool requires a second factor (MFA_SETUP), and a program cannot give one. Set the MfaConfiguration of the user pool to OPTIONAL or OFF, or use a user pool of its own for user '{client.Username}'.",
        "SMS_MFA" or "SOFTWARE_TOKEN_MFA" or "EMAIL_OTP" or "SMS_OTP" or "SELECT_MFA_TYPE" =>
            $"Cognito wants a second factor from user '{client.Username}' ({challenge}), and a program cannot give one. The MfaConfiguration of the user pool must be OPTIONAL or OFF. "
            + $"An administrator then removes the factor from the user: {AdminCommands.Write(client, "admin-set-user-mfa-preference", NoSecondFactor)}",
        "SELECT_CHALLENGE" =>
            $"Cognito lets user '{client.Username}' choose how to sign in (SELECT_CHALLENGE). Set AllowedFirstAuthFactors of the user pool so that PASSWORD is allowed, and let the app client allow ALLOW_USER_PASSWORD_AUTH.",
        "DEVICE_SRP_AUTH" or "DEVICE_PASSWORD_VERIFIER" =>
            $"Cognito wants a remembered device of user '{client.Username}' ({challenge}). Remove DeviceConfiguration from the user pool, or the devices from the user: "
            + AdminCommands.Write(client, "admin-list-devices"),
        "CUSTOM_CHALLENGE" or "PASSWORD_VERIFIER" or "PASSWORD" or "PASSWORD_SRP" or "WEB_AUTHN" or "ADMIN_NO_SRP_AUTH" =>
            $"Cognito wants more than the password from user '{client.Username}' ({challenge}), and a program cannot give it. Check the triggers of the user pool, and its sign-in policy.",
        _ => $"Cognito wants more than the password from user '{client.Username}': a challenge that this library does not know. Check the sign-in settings of the user pool.",
    };
}
