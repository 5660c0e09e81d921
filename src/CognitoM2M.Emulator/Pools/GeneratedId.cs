using System.Security.Cryptography;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Random identifiers and secrets that look like Cognito's.</summary>
internal static class GeneratedId
{
    private const string LowerCase = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string MixedCase = LowerCase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static string UserPoolId(string region) => $"{region}_{RandomNumberGenerator.GetString(MixedCase, 9)}";

    public static string ClientId() => RandomNumberGenerator.GetString(LowerCase, 26);

    public static string ClientSecret() => RandomNumberGenerator.GetString(LowerCase, 51);
}
