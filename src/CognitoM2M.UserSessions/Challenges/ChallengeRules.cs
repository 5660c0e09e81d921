namespace CognitoM2M.UserSessions.Challenges;

/// <summary>The challenges of Cognito: how each is answered, and with which parameter.</summary>
internal static class ChallengeRules
{
    public const string NewPassword = "NEW_PASSWORD_REQUIRED";

    public static CognitoChallengeKind FindKind(string name) => name switch
    {
        NewPassword => CognitoChallengeKind.NewPassword,
        "SMS_MFA" or "SOFTWARE_TOKEN_MFA" or "EMAIL_OTP" or "SMS_OTP" => CognitoChallengeKind.Code,
        "SELECT_MFA_TYPE" or "SELECT_CHALLENGE" => CognitoChallengeKind.Selection,
        _ => CognitoChallengeKind.Unsupported,
    };

    /// <summary>Whether the name of a choice is the whole answer. PASSWORD, PASSWORD_SRP and WEB_AUTHN ask for more in the same answer.</summary>
    public static bool CanChoose(string choice) => FindKind(choice) == CognitoChallengeKind.Code;

    /// <summary>The parameter of the answer that takes the code.</summary>
    public static string GetCodeParameter(CognitoChallenge challenge) => $"{challenge.Name}_CODE";

    /// <exception cref="InvalidOperationException">The challenge is answered in another way.</exception>
    public static void Require(CognitoChallenge challenge, CognitoChallengeKind kind)
    {
        if (challenge.Kind != kind)
            throw new InvalidOperationException($"The challenge {challenge.Name} is not answered this way. See {nameof(CognitoChallenge)}.{nameof(CognitoChallenge.Kind)}: {challenge.Kind}.");
    }
}
