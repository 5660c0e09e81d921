using System.Security.Cryptography;

namespace CognitoM2M.UserSessions.Sealing;

/// <summary>Protects data with keys of the user: AES-256-GCM, under keys that are derived from the given ones.</summary>
/// <remarks>Form: version (1 byte), nonce (12), ciphertext, tag (16). The version is authenticated, too.</remarks>
internal sealed class KeyProtector : ICognitoStateProtector
{
    /// <summary>The shortest key, in bytes.</summary>
    public const int MinKeyLength = 32;

    private const byte Version = 1;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    private readonly byte[][] _keys;

    /// <param name="keys">The keys. The first one seals, all open.</param>
    public KeyProtector(IEnumerable<byte[]> keys) =>
        _keys = [.. keys.Select(key => HKDF.DeriveKey(HashAlgorithmName.SHA256, key, 32, salt: null, info: "CognitoM2M user sessions 1"u8.ToArray()))];

    /// <summary>Reads a key.</summary>
    /// <returns>Null if the text is not base64, or is too short.</returns>
    public static byte[]? TryReadKey(string? text)
    {
        var bytes = new byte[text?.Length ?? 0];
        return text is not null && Convert.TryFromBase64String(text, bytes, out var length) && length >= MinKeyLength ? bytes[..length] : null;
    }

    public byte[] Protect(byte[] plaintext)
    {
        var sealedData = new byte[Overhead + plaintext.Length];
        sealedData[0] = Version;
        var nonce = sealedData.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(_keys[0], TagLength);
        aes.Encrypt(nonce, plaintext, sealedData.AsSpan(1 + NonceLength, plaintext.Length), sealedData.AsSpan(sealedData.Length - TagLength), [Version]);
        return sealedData;
    }

    public byte[] Unprotect(byte[] protectedData)
    {
        if (protectedData.Length < Overhead || protectedData[0] != Version)
            throw new CryptographicException("The data was not sealed by this library.");

        var content = new byte[protectedData.Length - Overhead];
        foreach (var key in _keys)
        {
            if (TryOpen(key, protectedData, content))
                return content;
        }

        throw new CryptographicException("The data was changed, or was sealed with another key.");
    }

    private static bool TryOpen(byte[] key, byte[] data, byte[] content)
    {
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(data.AsSpan(1, NonceLength), data.AsSpan(1 + NonceLength, content.Length), data.AsSpan(data.Length - TagLength), content, [Version]);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }
}
