using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Tokens;

/// <summary>
/// Encrypts page tokens, sign-in sessions and refresh tokens. A caller can neither read nor forge them. The content is in the text itself,
/// so the emulator stores nothing for them, and they stay valid after a restart with the same key.
/// </summary>
internal sealed class SealedText(byte[] key)
{
    public const int KeyLength = 32;

    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Key => key;

    public static SealedText CreateWithNewKey() => new(RandomNumberGenerator.GetBytes(KeyLength));

    /// <param name="purpose">The use of the text. The text opens only for the same purpose.</param>
    /// <param name="content">The content.</param>
    public string Seal(string purpose, JsonObject content)
    {
        var plain = CompactJson.WriteUtf8(content).Span;
        var result = new byte[NonceLength + plain.Length + TagLength];
        var nonce = result.AsSpan(..NonceLength);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, result.AsSpan(NonceLength..^TagLength), result.AsSpan(^TagLength..), Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(result);
    }

    /// <returns>The content; null if the text was not sealed with this key for this purpose.</returns>
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
