using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>The cache alone: it is bounded, and tokens in use stay.</summary>
public sealed class VerifiedTokenCacheTests
{
    private static readonly KeySetSnapshot _keys = new([]);
    private static readonly TrustedIssuer _issuer = new(TestToken.Issuer, TestToken.PoolId, null, new FixedKeySet(_keys));
    private static readonly VerificationResult<CognitoAccessTokenClaims> _result = new(new TokenRejection(TokenRejectionReason.Missing, "x", "y"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void Cache_never_holds_more_than_twice_its_capacity(int capacity)
    {
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(capacity);

        for (var i = 0; i < 3 * capacity; i++)
        {
            cache.Add(CreateToken($"token-{i}"));
            Assert.InRange(cache.Count, 1, 2 * capacity);
            Assert.NotNull(cache.Find($"token-{i}"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void Tokens_in_use_are_all_found_if_there_are_no_more_than_the_capacity(int capacity)
    {
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(capacity);
        for (var i = 0; i < 5 * capacity; i++)
            cache.Add(CreateToken($"former-{i}"));
        for (var i = 0; i < capacity; i++)
            cache.Add(CreateToken($"token-{i}"));

        for (var i = 0; i < 10 * capacity; i++)
            Assert.NotNull(cache.Find($"token-{i % capacity}"));
    }

    [Fact]
    public void Token_in_use_stays_while_other_tokens_come_and_go()
    {
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(10);
        cache.Add(CreateToken("busy"));

        for (var i = 0; i < 100; i++)
        {
            cache.Add(CreateToken($"once-{i}"));
            Assert.NotNull(cache.Find("busy"));
        }

        Assert.Null(cache.Find("once-0"));
    }

    [Fact]
    public void Token_that_is_added_again_is_counted_once()
    {
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(10);

        for (var i = 0; i < 100; i++)
            cache.Add(CreateToken("one"));

        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Only_exactly_the_same_text_is_found()
    {
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(10);
        cache.Add(CreateToken("token-A"));

        Assert.All(["token-a", "token-A ", "token-", "", "token-A\0"], other => Assert.Null(cache.Find(other)));
    }

    [Fact]
    public async Task Cache_stays_bounded_while_many_threads_use_it()
    {
        const int Capacity = 50;
        var cache = new VerifiedTokenCache<CognitoAccessTokenClaims>(Capacity);
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 5_000; i++)
            {
                var name = $"token-{random.Next(200)}";
                if (cache.Find(name) is { } found)
                    Assert.Equal(name, found.Token);
                else
                    cache.Add(CreateToken(name));
                if (cache.Count is var count && count > Volatile.Read(ref most))
                    Volatile.Write(ref most, count);
            }
        })));

        Assert.InRange(most, Capacity, 2 * Capacity);
        Assert.InRange(cache.Count, 1, 2 * Capacity);
    }

    private static VerifiedToken<CognitoAccessTokenClaims> CreateToken(string token) => new(token, _result, _issuer, _keys);
}
