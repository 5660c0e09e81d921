using CognitoM2M.Verification.VerifiedTokens;

namespace CognitoM2M.Verification.Tests.VerifiedTokens;

/// <summary>The cache alone: it is bounded, and tokens in use stay.</summary>
public sealed class TokenCacheTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(10)]
    [InlineData(1_000)]
    public void Cache_never_holds_more_than_twice_its_capacity(int capacity)
    {
        var cache = new TokenCache<string>(capacity);

        for (var i = 0; i < 3 * capacity; i++)
        {
            cache.Add($"token-{i}", "value");
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
        var cache = new TokenCache<string>(capacity);
        for (var i = 0; i < 5 * capacity; i++)
            cache.Add($"former-{i}", "value");
        for (var i = 0; i < capacity; i++)
            cache.Add($"token-{i}", "value");

        for (var i = 0; i < 10 * capacity; i++)
            Assert.NotNull(cache.Find($"token-{i % capacity}"));
    }

    [Fact]
    public void Token_in_use_stays_while_other_tokens_come_and_go()
    {
        var cache = new TokenCache<string>(10);
        cache.Add("busy", "value");

        for (var i = 0; i < 100; i++)
        {
            cache.Add($"once-{i}", "value");
            Assert.NotNull(cache.Find("busy"));
        }

        Assert.Null(cache.Find("once-0"));
    }

    [Fact]
    public void Token_that_is_added_again_is_counted_once()
    {
        var cache = new TokenCache<string>(10);

        for (var i = 0; i < 100; i++)
            cache.Add("one", "value");

        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Only_exactly_the_same_text_is_found()
    {
        var cache = new TokenCache<string>(10);
        cache.Add("token-A", "value");

        Assert.All(["token-a", "token-A ", "token-", "", "token-A\0"], other => Assert.Null(cache.Find(other)));
    }

    [Fact]
    public async Task Cache_stays_bounded_while_many_threads_use_it()
    {
        const int Capacity = 50;
        var cache = new TokenCache<string>(Capacity);
        var most = 0;

        await Task.WhenAll(Enumerable.Range(0, 8).Select(worker => Task.Run(() =>
        {
            var random = new Random(worker);
            for (var i = 0; i < 5_000; i++)
            {
                var name = $"token-{random.Next(200)}";
                if (cache.Find(name) is { } found)
                    Assert.Equal($"value of {name}", found);
                else
                    cache.Add(name, $"value of {name}");
                if (cache.Count is var count && count > Volatile.Read(ref most))
                    Volatile.Write(ref most, count);
            }
        })));

        Assert.InRange(most, Capacity, 2 * Capacity);
        Assert.InRange(cache.Count, 1, 2 * Capacity);
    }
}
