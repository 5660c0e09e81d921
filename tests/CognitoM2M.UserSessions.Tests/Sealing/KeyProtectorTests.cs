using System.Security.Cryptography;
using CognitoM2M.UserSessions.Sealing;

namespace CognitoM2M.UserSessions.Tests.Sealing;

/// <summary>Data under keys of the user.</summary>
public sealed class KeyProtectorTests
{
    private static readonly byte[] _content = "content"u8.ToArray();

    private readonly KeyProtector _protector = new([new byte[32]]);

    [Fact]
    public void Sealed_content_is_not_readable_and_can_be_opened()
    {
        var data = _protector.Protect(_content);

        Assert.Equal(_content, _protector.Unprotect(data));
        Assert.Equal(_content.Length + 29, data.Length);
        Assert.Equal(-1, data.AsSpan().IndexOf(_content));
        Assert.NotEqual(data, _protector.Protect(_content));
    }

    [Fact]
    public void Change_of_any_byte_is_noticed()
    {
        var data = _protector.Protect(_content);
        for (var i = 0; i < data.Length; i++)
        {
            var changed = data.ToArray();
            changed[i] ^= 1;
            Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect(changed));
        }

        for (var length = 0; length < data.Length; length++)
            Assert.ThrowsAny<CryptographicException>(() => _protector.Unprotect(data[..length]));
    }

    [Fact]
    public void Empty_content_can_be_sealed_and_opened() => Assert.Empty(_protector.Unprotect(_protector.Protect([])));

    [Theory]
    [InlineData(31, false)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    public void Key_has_at_least_32_bytes(int length, bool isKey) =>
        Assert.Equal(isKey, KeyProtector.TryReadKey(Convert.ToBase64String(new byte[length])) is { } key && key.Length == length);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("not base64, and long enough to be a key of thirty-two bytes")]
    public void Text_that_is_not_a_key_is_refused(string? text) => Assert.Null(KeyProtector.TryReadKey(text));
}
