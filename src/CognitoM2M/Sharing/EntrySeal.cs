using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Settings;

namespace CognitoM2M.Sharing;

/// <summary>
/// Names, encrypts and authenticates the store's entries for one kind of token, with keys that are derived from the client secret, or from the password of the user. Someone
/// without the secret can neither read a token in the store, nor put a token there, nor see which client an entry belongs to.
/// </summary>
/// <remarks>
/// Sealed form: version (1 byte), nonce (12), AES-256-GCM ciphertext, tag (16). Version and name of the entry are authenticated too, so an
/// entry that was copied to another name does not open.
/// </remarks>
internal sealed class EntrySeal
{
    private const byte Version = 1;
    private const int KeyLength = 32;
    // The number of iterations that OWASP recommends for PBKDF2 with SHA-256. A process derives the key once for each password.
    private const int PasswordIterations = 600_000;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    // This is more than the longest token with its scopes takes. A longer value does not come from this library.
    private const int LongestValue = 256 * 1024;

    private readonly byte[] _sealingKey;
    private readonly byte[] _namingKey;
    private readonly string _entry;

    public EntrySeal(TokenEntryKey key, string secret)
    {
        // No part can contain a line break, so different entries never make the same text.
        var context = Encoding.UTF8.GetBytes($"CognitoM2M shared tier {Version}\n{key.ClientId}\n{key.Endpoint}");
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, CreateKeyMaterial(key, secret, context), 2 * KeyLength, salt: null, context);
        _sealingKey = derived[..KeyLength];
        _namingKey = derived[KeyLength..];
        _entry = $"{key.Route}\n{key.Authentication}\n{key.Scopes}\n{key.Metadata}\n{key.Username}\n{key.TokenKind}";
    }

    /// <summary>Creates a name for the store: the same in every process that has the secret, and random to everyone else.</summary>
    /// <param name="purpose">What the store keeps under the name.</param>
    public string CreateName(string purpose) =>
        $"cognito-m2m:{Version}:{Base64Url.EncodeToString(HMACSHA256.HashData(_namingKey, Encoding.UTF8.GetBytes($"{purpose}\n{_entry}")))}";

    /// <summary>Encrypts content for one name in the store.</summary>
    public byte[] Seal(string name, ReadOnlySpan<byte> content)
    {
        var value = new byte[Overhead + content.Length];
        value[0] = Version;
        var nonce = value.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_sealingKey, TagLength);
        aes.Encrypt(nonce, content, value.AsSpan(1 + NonceLength, content.Length), value.AsSpan(value.Length - TagLength), CreateAssociatedData(name));
        return value;
    }

    /// <summary>Returns the content that <see cref="Seal"/> sealed under this name; null if the value is missing or is anything else.</summary>
    public byte[]? Open(string name, byte[]? value)
    {
        if (value is null || value.Length is < Overhead or > LongestValue || value[0] != Version)
            return null;

        var content = new byte[value.Length - Overhead];
        try
        {
            using var aes = new AesGcm(_sealingKey, TagLength);
            aes.Decrypt(
                value.AsSpan(1, NonceLength), value.AsSpan(1 + NonceLength, content.Length), value.AsSpan(value.Length - TagLength), content, CreateAssociatedData(name));
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    // A password may be short enough to be guessed by somebody who can read the store. Then each guess takes a while.
    private static byte[] CreateKeyMaterial(TokenEntryKey key, string secret, byte[] context) => key.Route == CognitoTokenRoute.UserPassword
        ? Rfc2898DeriveBytes.Pbkdf2(secret, (byte[])[.. context, .. Encoding.UTF8.GetBytes($"\n{key.Username}")], PasswordIterations, HashAlgorithmName.SHA256, KeyLength)
        : Encoding.UTF8.GetBytes(secret);

    private static byte[] CreateAssociatedData(string name) => [Version, .. Encoding.UTF8.GetBytes(name)];
}
