using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary>
/// Text that its holder can neither read nor make up: page tokens, sign-in sessions, refresh tokens. The emulator keeps nothing about
/// any of them, so they cost no memory, and with the key they survive a restart.
/// </summary>
internal sealed class SealedText(byte[] key)
{
    private const int NonceLength = 12;
    private const int TagLength = 16;

    public byte[] Key => key;

    public static SealedText WithNewKey() => new(RandomNumberGenerator.GetBytes(32));

    /// <param name="purpose">What the text may be used for; opens only with the same.</param>
    /// <param name="content">Text, to be told apart from the caller's.</param>
    public string Seal(string purpose, JsonObject content)
    {
        var plain = CompactJson.Utf8(content).Span;
        var result = new byte[NonceLength + plain.Length + TagLength];
        var (nonce, cipher, tag) = Parts(result);
        RandomNumberGenerator.Fill(nonce);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, plain, cipher, tag, Encoding.UTF8.GetBytes(purpose));
        return Base64Url.EncodeToString(result);
    }

    /// <returns>Null if the text was not sealed by this key for that purpose.</returns>
    public JsonElement? Open(string purpose, string text)
    {
        if (!Base64Url.IsValid(text) || Base64Url.DecodeFromChars(text) is not { Length: >= NonceLength + TagLength } bytes)
            return null;

        var (nonce, cipher, tag) = Parts(bytes);
        var plain = new byte[cipher.Length];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(nonce, cipher, tag, plain, Encoding.UTF8.GetBytes(purpose));
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        return JsonElement.Parse(plain);
    }

    private static SealedParts Parts(Span<byte> bytes) =>
        new(bytes[..NonceLength], bytes[NonceLength..^TagLength], bytes[^TagLength..]);

    private readonly ref struct SealedParts(Span<byte> nonce, Span<byte> cipher, Span<byte> tag)
    {
        private readonly Span<byte> _nonce = nonce;
        private readonly Span<byte> _cipher = cipher;
        private readonly Span<byte> _tag = tag;

        public void Deconstruct(out Span<byte> nonce, out Span<byte> cipher, out Span<byte> tag)
        {
            nonce = _nonce;
            cipher = _cipher;
            tag = _tag;
        }
    }
}
