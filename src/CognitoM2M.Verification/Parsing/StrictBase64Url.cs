using System.Buffers;
using System.Buffers.Text;

namespace CognitoM2M.Verification.Parsing;

/// <summary>
/// Base64url as RFC 7515 wants it: no padding, no white space, no bits left over. Each text then stands for bytes that no other text
/// stands for, so that a token cannot be written in two ways.
/// </summary>
internal static class StrictBase64Url
{
    private static readonly SearchValues<char> _alphabet =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    public static bool IsWellFormed(ReadOnlySpan<char> text) =>
        !text.IsEmpty
        && !text.ContainsAnyExcept(_alphabet)
        && (text.Length % 4) switch
        {
            0 => true,
            2 => (SixBits(text[^1]) & 0b1111) == 0,
            3 => (SixBits(text[^1]) & 0b11) == 0,
            _ => false,
        };

    public static int DecodedLength(int characters) => characters * 3 / 4;

    /// <summary>Decodes what is well-formed.</summary>
    public static void Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length)
            throw new ArgumentException("Not well-formed base64url.", nameof(text));
    }

    private static int SixBits(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}
