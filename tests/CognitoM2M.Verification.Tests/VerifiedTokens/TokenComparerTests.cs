using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>Tokens are compared whole, and hashed by their last characters.</summary>
public sealed class TokenComparerTests
{
    private static readonly string _end = new('e', 32);

    [Fact]
    public void End_of_a_token_has_32_characters_or_is_the_whole_token()
    {
        Assert.Equal(_end, TokenComparer.GetEnd("a" + _end));
        Assert.Equal("short", TokenComparer.GetEnd("short"));
        Assert.Equal("", TokenComparer.GetEnd(""));
    }

    [Fact]
    public void Tokens_of_one_end_have_one_hash_and_are_not_equal()
    {
        var comparer = TokenComparer.Instance;

        Assert.Equal(comparer.GetHashCode("a" + _end), comparer.GetHashCode(("b" + _end).AsSpan()));
        Assert.False(comparer.Equals("a" + _end, "b" + _end));
        Assert.False(comparer.Equals(("a" + _end).AsSpan(), "b" + _end));
        Assert.True(comparer.Equals("a" + _end, $"a{_end}"));
        Assert.True(comparer.Equals(("a" + _end).AsSpan(), $"a{_end}"));
        Assert.Equal("a" + _end, comparer.Create("a" + _end));
    }
}
