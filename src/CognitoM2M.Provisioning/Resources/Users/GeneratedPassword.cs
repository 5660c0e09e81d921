using System.Security.Cryptography;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Creates passwords that every password policy accepts: long, with each kind of character.</summary>
internal static class GeneratedPassword
{
    private const int Length = 32;

    // No characters that look alike. The symbols need no quotes in a shell, in JSON and in an address, and Cognito counts all of them as symbols.
    private const string Upper = "ABCDEFGHJKLMNPQRSTUVWXYZ";
    private const string Lower = "abcdefghijkmnpqrstuvwxyz";
    private const string Digits = "23456789";
    private const string Symbols = "-._";

    /// <param name="minimumLength">The least length that the policy of the user pool asks for; null if it asks for none.</param>
    public static string Create(int? minimumLength)
    {
        var rest = RandomNumberGenerator.GetItems<char>(Upper + Lower + Digits + Symbols, Math.Max(Length, minimumLength ?? 0) - 5);
        char[] characters = [Pick(Upper), Pick(Lower), Pick(Digits), Pick(Symbols), .. rest];
        RandomNumberGenerator.Shuffle(characters.AsSpan());
        // A letter comes first, so that no command line takes the password for an option.
        return $"{Pick(Upper + Lower)}{new string(characters)}";
    }

    private static char Pick(string characters) => RandomNumberGenerator.GetItems<char>(characters, 1)[0];
}
