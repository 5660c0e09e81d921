using System.Security.Cryptography;

namespace CognitoM2M.Provisioning.Secrets;

/// <summary>Chooses secrets as Cognito does: lower-case letters and digits, which need no escape in any file, header or form.</summary>
internal static class NewSecret
{
    private const string Alphabet = "0123456789abcdefghijklmnopqrstuvwxyz";

    // The secret has 268 random bits. Cognito accepts 24 to 64 characters.
    private const int Length = 52;

    public static string Choose() => RandomNumberGenerator.GetString(Alphabet, Length);
}
