using System.Buffers;
using System.Buffers.Text;

namespace CognitoM2M.Verification.Parsing;

/// <summary>
/// Base64url as RFC 7515 defines it: no padding, no white space, and no unused bits that are set. So every sequence of bytes has exactly
/// one spelling, and a token cannot be written in two ways.
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
            2 => (ReadSixBits(text[^1]) & 0b1111) == 0,
            3 => (ReadSixBits(text[^1]) & 0b11) == 0,
            _ => false,
        };

    /// <summary>How many bytes a well-formed text of that many characters stands for.</summary>
    public static int CountBytes(int characters) => characters * 3 / 4;

    /// <summary>Decodes a well-formed text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="bytes">Receives the decoded bytes. Its length must be the number that <see cref="CountBytes"/> returns.</param>
    public static void Decode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (Base64Url.DecodeFromChars(text, bytes, out _, out var written) != OperationStatus.Done || written != bytes.Length)
            throw new ArgumentException("The text is not well-formed base64url.", nameof(text));
    }

    private static int ReadSixBits(char c) => c switch
    {
        >= 'A' and <= 'Z' => c - 'A',
        >= 'a' and <= 'z' => c - 'a' + 26,
        >= '0' and <= '9' => c - '0' + 52,
        '-' => 62,
        _ => 63,
    };
}
