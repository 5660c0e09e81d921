using CognitoM2M.Verification.VerifiedTokens;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>The memory alone: bounded, and what is used stays.</summary>
public sealed class VerifiedTokenCacheTests
{
    private static readonly KeySetSnapshot _keys = new([]);
    private static readonly TrustedIssuer _issuer = new(TestToken.Issuer, TestToken.PoolId, null, new FixedKeySet(_keys));
    private static readonly VerificationResult _result = new(new TokenRejection(TokenRejectionReason.Missing, "x", "y"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void Never_more_than_twice_as_many_are_held_as_are_in_use(int capacity)
    {
        var memory = new VerifiedTokenCache(capacity);

        for (var i = 0; i < 3 * capacity; i++)
        {
            memory.Add(Token($"token-{i}"));
            Assert.InRange(memory.Count, 1, 2 * capacity);
            Assert.NotNull(memory.Find($"token-{i}"));
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(1_000)]
    public void As_many_as_are_in_use_are_all_found_again(int capacity)
    {
        var memory = new VerifiedTokenCache(capacity);
        for (var i = 0; i < 5 * capacity; i++)
            memory.Add(Token($"former-{i}"));
        for (var i = 0; i < capacity; i++)
            memory.Add(Token($"token-{i}"));

        for (var i = 0; i < 10 * capacity; i++)
            Assert.NotNull(memory.Find($"token-{i % capacity}"));
    }

    [Fact]
    public void What_is_asked_for_stays_while_others_come_and_go()
    {
        var memory = new VerifiedTokenCache(10);
        memory.Add(Token("busy"));

        for (var i = 0; i < 100; i++)
        {
            memory.Add(Token($"once-{i}"));
            Assert.NotNull(memory.Find("busy"));
        }

        Assert.Null(memory.Find("once-0"));
    }

    [Fact]
    public void A_token_that_is_added_again_takes_no_second_place()
    {
        var memory = new VerifiedTokenCache(10);

        for (var i = 0; i < 100; i++)
            memory.Add(Token("one"));

        Assert.Equal(1, memory.Count);
    }

    [Fact]
    public void Only_the_very_token_is_found()
    {
        var memory = new VerifiedTokenCache(10);
        memory.Add(Token("token-A"));

        Assert.All(["token-a", "token-A ", "token-", "", "token-A\0"], other => Assert.Null(memory.Find(other)));
    }

    [Fact]
    public async Task Many_threads_do_not_make_it_grow()
    {
        const int Capacity = 50;
        var memory = new VerifiedTokenCache(Capacity);
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 5_000; i++)
            {
                var name = $"token-{random.Next(200)}";
                if (memory.Find(name) is { } found)
                    Assert.Equal(name, found.Token);
                else
                    memory.Add(Token(name));
                if (memory.Count is var count && count > Volatile.Read(ref most))
                    Volatile.Write(ref most, count);
            }
        })));

        Assert.InRange(most, Capacity, 2 * Capacity);
        Assert.InRange(memory.Count, 1, 2 * Capacity);
    }

    private static VerifiedToken Token(string token) => new(token, _result, _issuer, _keys);
}
