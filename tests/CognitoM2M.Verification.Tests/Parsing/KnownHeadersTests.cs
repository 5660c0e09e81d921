using CognitoM2M.Verification.Parsing;

namespace CognitoM2M.Verification.Tests.Parsing;

/// <summary>The headers of tokens that were verified recently.</summary>
public sealed class KnownHeadersTests
{
    private const int Capacity = 16;

    [Fact]
    public void Key_of_a_header_is_found_by_the_exact_text()
    {
        var headers = new KnownHeaders();
        Assert.Null(headers.FindKeyId("a"));

        headers.Add("a", "key of a");
        headers.Add("b", "key of b");

        Assert.Equal("key of a", headers.FindKeyId("a"));
        Assert.Equal("key of b", headers.FindKeyId("b"));
        Assert.Null(headers.FindKeyId("A"));
        Assert.Null(headers.FindKeyId("ab"));
    }

    [Fact]
    public void Oldest_header_is_dropped_if_there_are_too_many()
    {
        var headers = new KnownHeaders();
        for (var i = 0; i < Capacity; i++)
            headers.Add($"{i}", $"key {i}");
        Assert.Equal("key 0", headers.FindKeyId("0"));

        headers.Add("one more", "another key");

        Assert.Null(headers.FindKeyId("0"));
        Assert.All(Enumerable.Range(1, Capacity - 1), i => Assert.Equal($"key {i}", headers.FindKeyId($"{i}")));
        Assert.Equal("another key", headers.FindKeyId("one more"));
    }

    [Fact]
    public void Header_that_is_known_keeps_its_key_and_drops_no_other()
    {
        var headers = new KnownHeaders();
        for (var i = 0; i < Capacity; i++)
            headers.Add($"{i}", $"key {i}");

        headers.Add("5", "another key");

        Assert.Equal("key 5", headers.FindKeyId("5"));
        Assert.Equal("key 0", headers.FindKeyId("0"));
    }
}
