using System.Security.Cryptography;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Creates random ids and secrets in the form that Cognito uses.</summary>
internal static class GeneratedId
{
    private const string LowerCase = "abcdefghijklmnopqrstuvwxyz0123456789";
    private const string MixedCase = LowerCase + "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    public static string CreateUserPoolId(string region) => $"{region}_{RandomNumberGenerator.GetString(MixedCase, 9)}";

    public static string CreateClientId() => RandomNumberGenerator.GetString(LowerCase, 26);

    public static string CreateClientSecret() => RandomNumberGenerator.GetString(LowerCase, 51);
}
