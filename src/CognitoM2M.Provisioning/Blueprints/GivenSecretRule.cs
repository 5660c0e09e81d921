using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Cognito's rule for secrets that the caller chooses.</summary>
internal static class GivenSecretRule
{
    public const string Text = "24 to 64 letters, digits, _ and +";

    private const int ShortestLength = 24;
    private const int LongestLength = 64;

    public static bool IsSecret(string text) =>
        text.Length is >= ShortestLength and <= LongestLength && text.All(CognitoNames.ClientIdAlphabet.Contains);
}
