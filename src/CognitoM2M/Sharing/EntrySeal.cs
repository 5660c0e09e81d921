using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using CognitoM2M.Settings;

namespace CognitoM2M.Sharing;

/// <summary>
/// Names and seals what one entry keeps in the store, by keys derived from the client secret: whoever cannot get a token from Cognito
/// can neither read one here nor plant one, nor see whose the entries are.
/// </summary>
/// <remarks>Sealed form: version (1 byte), nonce (12), AES-256-GCM ciphertext, tag (16). Version and name are authenticated with it.</remarks>
internal sealed class EntrySeal
{
    private const byte Version = 1;
    private const int KeyLength = 32;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int Overhead = 1 + NonceLength + TagLength;

    // The longest token, with more scopes than any has; a longer value is not one of ours.
    private const int Longest = 256 * 1024;

    private readonly byte[] _sealingKey;
    private readonly byte[] _namingKey;
    private readonly string _entry;

    public EntrySeal(TokenEntryKey key, string secret)
    {
        // None of these can hold a line break, so no two entries make the same text.
        var context = Encoding.UTF8.GetBytes($"CognitoM2M shared tier {Version}\n{key.ClientId}\n{key.Endpoint}");
        var derived = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret), 2 * KeyLength, salt: null, context);
        _sealingKey = derived[..KeyLength];
        _namingKey = derived[KeyLength..];
        _entry = $"{key.Route}\n{key.Authentication}\n{key.Scopes}\n{key.Metadata}";
    }

    /// <summary>The name in the store: it looks random to those without the secret, and is the same in every process that has it.</summary>
    /// <param name="purpose">What is kept there.</param>
    public string NameOf(string purpose) =>
        $"cognito-m2m:{Version}:{Base64Url.EncodeToString(HMACSHA256.HashData(_namingKey, Encoding.UTF8.GetBytes($"{purpose}\n{_entry}")))}";

    public byte[] Seal(string name, ReadOnlySpan<byte> content)
    {
        var value = new byte[Overhead + content.Length];
        value[0] = Version;
        var nonce = value.AsSpan(1, NonceLength);
        RandomNumberGenerator.Fill(nonce);

        using var aes = new AesGcm(_sealingKey, TagLength);
        aes.Encrypt(nonce, content, value.AsSpan(1 + NonceLength, content.Length), value.AsSpan(value.Length - TagLength), BoundTo(name));
        return value;
    }

    /// <summary>What was sealed under that name; null if this is anything else.</summary>
    public byte[]? Open(string name, byte[]? value)
    {
        if (value is null || value.Length is < Overhead or > Longest || value[0] != Version)
            return null;

        var content = new byte[value.Length - Overhead];
        try
        {
            using var aes = new AesGcm(_sealingKey, TagLength);
            aes.Decrypt(
                value.AsSpan(1, NonceLength), value.AsSpan(1 + NonceLength, content.Length), value.AsSpan(value.Length - TagLength), content, BoundTo(name));
            return content;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static byte[] BoundTo(string name) => [Version, .. Encoding.UTF8.GetBytes(name)];
}
