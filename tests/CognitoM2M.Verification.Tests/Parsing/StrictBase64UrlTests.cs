using System.Buffers.Text;
using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Tests.Parsing;

/// <summary>Base64url with one spelling for each sequence of bytes.</summary>
public sealed class StrictBase64UrlTests
{
    [Fact]
    public void Every_sequence_of_one_or_two_bytes_has_exactly_one_spelling()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        foreach (var first in new byte[] { 0, 0x5A, 0xFB, 0xFF })
        {
            for (var last = 0; last < 256; last++)
            {
                foreach (var bytes in new byte[][] { [(byte)last], [first, (byte)last] })
                {
                    var text = Base64Url.EncodeToString(bytes);
                    var accepted = Alphabet.Select(c => text[..^1] + c).Where(spelling => StrictBase64Url.IsWellFormed(spelling) && Decode(spelling).SequenceEqual(bytes));

                    Assert.Equal([text], accepted);
                }
            }
        }
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("A", false)]
    [InlineData("AAAAA", false)]
    [InlineData("AA", true)]
    [InlineData("AAA", true)]
    [InlineData("AAAA", true)]
    [InlineData("-_-_", true)]
    [InlineData("+/+/", false)]
    [InlineData("AA==", false)]
    [InlineData("AA A", false)]
    [InlineData("AAA\n", false)]
    public void Text_is_well_formed_if_its_length_and_its_characters_are(string text, bool isWellFormed) => Assert.Equal(isWellFormed, StrictBase64Url.IsWellFormed(text));

    [Theory]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(4, 3)]
    [InlineData(342, 256)]
    public void Bytes_are_counted_from_characters(int characters, int bytes) => Assert.Equal(bytes, StrictBase64Url.CountBytes(characters));

    [Theory]
    [InlineData("AAAA", 2)]
    [InlineData("AAAA", 4)]
    [InlineData("A*AA", 3)]
    public void Text_that_does_not_fill_the_bytes_is_a_mistake_of_the_caller(string text, int bytes) =>
        Assert.Equal("text", Assert.Throws<ArgumentException>(() => StrictBase64Url.Decode(text, new byte[bytes])).ParamName);

    private static byte[] Decode(string text)
    {
        var bytes = new byte[StrictBase64Url.CountBytes(text.Length)];
        StrictBase64Url.Decode(text, bytes);
        return bytes;
    }
}
