using System.Numerics;
using System.Security.Cryptography;
using System.Text.Json;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Keys;

/// <summary>
/// Parses a JSON Web Key Set (RFC 7517, section 5). A key that cannot be used is kept together with the reason, and does not affect the
/// other keys.
/// </summary>
internal static class KeySetParser
{
    private const int MinModulusBits = 2048;

    // Verifying with a longer key costs too much time per token. Cognito's keys have 2,048 bits.
    private const int MaxModulusBits = 8192;
    private const int MinExponentBits = 2;
    private const int MaxExponentBits = 64;

    /// <summary>Parses a key set.</summary>
    /// <returns>Why the key set cannot be used, as a clause; null if at least one of its keys can be used.</returns>
    public static string? Parse(ReadOnlySpan<byte> utf8, out KeySetSnapshot? keys)
    {
        keys = null;
        if (StrictJson.TryParseObject(utf8, out var root) is { } problem)
            return $"the key set is {problem}";
        if (!root.TryGetProperty("keys"u8, out var list)
            || list.ValueKind != JsonValueKind.Array
            || list.EnumerateArray().Any(key => key.ValueKind != JsonValueKind.Object))
            return "the key set has no array 'keys' of objects";

        var snapshot = new KeySetSnapshot(list.EnumerateArray().Select(ReadKey).OfType<VerificationKey>());
        if (snapshot.UsableKeys == 0)
            return "the key set has no RSA key for RS256 signatures with a kid and at least 2,048 bits";

        keys = snapshot;
        return null;
    }

    private static VerificationKey? ReadKey(JsonElement key)
    {
        if (ReadText(key, "kid"u8) is not { Length: > 0 } keyId)
            return null;

        var problem = FindWrongPurpose(key);
        if (problem is null
            && (problem = ReadInteger(key, "n"u8, MinModulusBits, MaxModulusBits, out var modulus)) is null
            && (problem = ReadInteger(key, "e"u8, MinExponentBits, MaxExponentBits, out var exponent)) is null)
        {
            try
            {
                return VerificationKey.CreateRsa(keyId, modulus, exponent);
            }
            catch (CryptographicException)
            {
                problem = "n and e do not form an RSA key";
            }
        }

        return VerificationKey.CreateUnusable(keyId, problem!);
    }

    private static string? FindWrongPurpose(JsonElement key)
    {
        if (ReadText(key, "kty"u8) != "RSA")
            return "kty is not 'RSA'";
        if (key.TryGetProperty("use"u8, out _) && ReadText(key, "use"u8) != "sig")
            return "use is not 'sig'";
        if (key.TryGetProperty("alg"u8, out _) && ReadText(key, "alg"u8) != "RS256")
            return "alg is not 'RS256'";
        if (key.TryGetProperty("key_ops"u8, out var operations)
            && (operations.ValueKind != JsonValueKind.Array
                || !operations.EnumerateArray().Any(operation => operation.ValueKind == JsonValueKind.String && operation.ValueEquals("verify"u8))))
            return "key_ops does not include 'verify'";
        // Everybody who can read the key set could sign tokens with this key.
        return key.TryGetProperty("d"u8, out _) ? "the key set contains the private key (member d)" : null;
    }

    /// <summary>Reads n or e, which are positive odd integers in every RSA public key (RFC 7518, section 6.3.1).</summary>
    private static string? ReadInteger(JsonElement key, ReadOnlySpan<byte> member, int minBits, int maxBits, out byte[] bigEndian)
    {
        bigEndian = [];
        var name = (char)member[0];
        if (ReadText(key, member) is not { } text || !StrictBase64Url.IsWellFormed(text))
            return $"{name} is missing or is not base64url";

        var bytes = new byte[StrictBase64Url.CountBytes(text.Length)];
        StrictBase64Url.Decode(text, bytes);
        bigEndian = bytes.AsSpan().TrimStart((byte)0).ToArray();
        if (bigEndian.Length == 0 || (bigEndian[^1] & 1) == 0)
            return $"{name} is an even number";

        var bits = (bigEndian.Length * 8) - (BitOperations.LeadingZeroCount(bigEndian[0]) - 24);
        return bits < minBits || bits > maxBits ? $"{name} has {bits} bits, and {minBits} to {maxBits} are allowed" : null;
    }

    private static string? ReadText(JsonElement key, ReadOnlySpan<byte> member) =>
        key.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
