using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Text that its holder can neither read nor make up: page tokens, sign-in sessions, refresh tokens. The emulator keeps nothing about
/// any of them, so they cost no memory, and with the key they survive a restart.
/// </summary>
internal sealed class SealedText(byte[] key)
{
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Key => key;

    public static SealedText WithNewKey() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <param name="purpose">What the text may be used for; opens only with the same.</param>
    /// <param name="content">What it says.</param>
    public string Seal(string purpose, JsonObject content)
    {
        var plain = CompactJson.Utf8(content).Span;
        var result = new byte[NonceLength + plain.Length + TagLength];
        var nonce = result.AsSpan(..NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceLength..^TagLength), result.AsSpan(^TagLength..), Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(result);
    }

    /// <returns>Null if the text was not sealed by this key for that purpose.</returns>
    public JsonElement? Open(string purpose, string text)
    {
        if (!Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: >= NonceLength + TagLength } bytes)
            return null;

        var cipher = bytes.AsSpan(NonceLength..^TagLength);
        var plain = new byte[cipher.Length];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(bytes.AsSpan(..NonceLength), cipher, bytes.AsSpan(^TagLength..), plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonElement.Parse(plain);
    }
}
