using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Keys;

/// <summary>Reads a JSON Web Key Set (RFC 7517, section 5). A key of no use is kept with the reason, and does not spoil the others.</summary>
internal static class KeySetParser
{
    private const int ShortestModulus = 2048;

    // Longer ones cost more than a token is worth; Cognito's have 2,048 bits.
    private const int LongestModulus = 8192;
    private const int LongestExponent = 64;

    /// <returns>What is wrong; null if there is at least one usable key.</returns>
    public static string? TryParse(ReadOnlySpan<byte> utf8, out KeySetSnapshot? keys)
    {
        keys = null;
        if (StrictJson.TryParseObject(utf8, out var root) is { } problem)
            return $"it is {problem}";
        if (!root.TryGetProperty("keys"u8, out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(key => key.ValueKind != JsonValueKind.Object))
            return "it has no array 'keys' of objects";

        var snapshot = new KeySetSnapshot(list.EnumerateArray().Select(ReadKey).OfType<VerificationKey>());
        if (snapshot.UsableKeys == 0)
            return "it holds no RSA key for RS256 signatures that has a kid and 2,048 bits or more";

        keys = snapshot;
        return null;
    }

    private static VerificationKey? ReadKey(JsonElement key)
    {
        if (Text(key, "kid"u8) is not { Length: > 0 } keyId)
            return null;

        var problem = CheckPurpose(key);
        if (problem is null
            && (problem = ReadInteger(key, "n"u8, ShortestModulus, LongestModulus, out var modulus)) is null
            && (problem = ReadInteger(key, "e"u8, 2, LongestExponent, out var exponent)) is null)
        {
            try
            {
                return VerificationKey.Rsa(keyId, modulus, exponent);
            }
            catch (CryptographicException)
            {
                problem = "its n and e are not an RSA key";
            }
        }

        return VerificationKey.Unusable(keyId, problem!);
    }

    private static string? CheckPurpose(JsonElement key)
    {
        if (Text(key, "kty"u8) != "RSA")
            return "its kty is not 'RSA'";
        if (key.TryGetProperty("use"u8, out _) && Text(key, "use"u8) != "sig")
            return "its use is not 'sig'";
        if (key.TryGetProperty("alg"u8, out _) && Text(key, "alg"u8) != "RS256")
            return "its alg is not 'RS256'";
        if (key.TryGetProperty("key_ops"u8, out var operations)
            && (operations.ValueKind != JsonValueKind.Array
                || !operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8))))
            return "its key_ops do not include 'verify'";
        // Whoever reads the key set could sign with it.
        return key.TryGetProperty("d"u8, out _) ? "it is published with its private part" : null;
    }

    /// <summary>A positive odd integer (RFC 7518, section 6.3.1); both members of a public key are.</summary>
    private static string? ReadInteger(JsonElement key, ReadOnlySpan<byte> member, int fewestBits, int mostBits, out byte[] bigEndian)
    {
        bigEndian = [];
        var name = (char)member[0];
        if (Text(key, member) is not { } text || !StrictBase64Url.IsWellFormed(text))
            return $"its {name} is missing, or not base64url";

        var bytes = new byte[StrictBase64Url.DecodedLength(text.Length)];
        StrictBase64Url.Decode(text, bytes);
        bigEndian = bytes.AsSpan().TrimStart((byte)0).ToArray();
        if (bigEndian.Length == 0 || (bigEndian[^1] & 1) == 0)
            return $"its {name} is even";

        var bits = (bigEndian.Length * 8) - (BitOperations.LeadingZeroCount(bigEndian[0]) - 24);
        return bits < fewestBits || bits > mostBits ? $"its {name} has {bits} bits, not {fewestBits} to {mostBits}" : null;
    }

    private static string? Text(JsonElement key, ReadOnlySpan<byte> member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
