using CognitoM2M.Cache;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Cache;

/// <summary>What the callers of one entry do when a fetch returns a token that does not help them, and when it fails.</summary>
public sealed class TokenEntryFetchTests : TokenEntryTest
{
    private static readonly TokenFailure _refused = new("invalid_client", "Check the client secret.", IsTransient: false);

    [Fact]
    public async Task Caller_with_a_longer_minimum_gets_a_fetch_of_its_own_if_the_token_of_the_first_is_not_enough()
    {
        var first = GetAsync(TimeSpan.Zero);
        var second = GetAsync(TimeSpan.FromMinutes(10));

        await Fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));
        Assert.Equal("short", (await first).Token.Value);
        Assert.Equal(TimeSpan.FromMinutes(10), (await Fetcher.WaitForAsync(2)).MinimumRemaining);
        Assert.False(second.IsCompleted);
        await Fetcher.EndAsync(2, CreateToken("long"));

        Assert.Equal("long", (await second).Token.Value);
        Assert.Equal(2, Fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_the_token_of_a_fetch_that_was_asked_for_this_minimum()
    {
        var call = GetAsync(TimeSpan.FromMinutes(10));

        await Fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));

        Assert.Equal("short", (await call).Token.Value);
        Assert.Equal(1, Fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_a_token_with_less_time_left_after_a_failure()
    {
        await HoldTokenAsync();
        Clock.Advance(TimeSpan.FromMinutes(45));
        var call = GetAsync(TimeSpan.FromMinutes(30));

        await Fetcher.EndAsync(2, _refused);

        Assert.Equal("held", (await call).Token.Value);
        Assert.Equal(2, Fetcher.Count);
    }

    [Fact]
    public async Task Caller_without_a_token_gets_the_failure_of_its_fetch_at_once()
    {
        var call = GetAsync(TimeSpan.Zero);

        await Fetcher.EndAsync(1, _refused);

        Assert.Equal("invalid_client", (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Error);
        Assert.Equal(1, Fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_a_token_with_less_time_left_when_its_wait_is_over()
    {
        await HoldTokenAsync();
        Clock.Advance(TimeSpan.FromMinutes(45));
        var call = GetAsync(TimeSpan.FromMinutes(30));
        await Fetcher.WaitForAsync(2);

        Clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("held", (await call).Token.Value);
    }

    [Fact]
    public async Task Caller_that_waits_for_a_second_fetch_waits_for_the_turn_of_this_fetch_too()
    {
        var first = GetAsync(TimeSpan.Zero);
        var second = GetAsync(TimeSpan.FromMinutes(10));
        await Fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));
        await first;
        var order = await Fetcher.WaitForAsync(2);

        order.StartTurnWait(Clock.GetElapsedTime(0));
        Clock.Advance(TimeSpan.FromSeconds(40));
        order.EndTurnWait(Clock.GetElapsedTime(0));
        await Fetcher.EndAsync(2, CreateToken("long"));

        Assert.Equal("long", (await second).Token.Value);
    }

    [Fact]
    public async Task Renewal_needs_no_thread_of_its_own_if_the_caller_that_starts_it_is_synchronous()
    {
        var background = new KeptWork();
        var entry = CreateEntry(background);
        await GetFirstTokenAsync(entry, background);
        Clock.Advance(TimeSpan.FromMinutes(52));

        var held = await entry.GetAsync(new Caller("x", Blocks: true, Minimum: TimeSpan.Zero, CancellationToken.None));

        Assert.Equal("held", held.Token.Value);
        Assert.Single(background.Kept);
    }

    private async Task GetFirstTokenAsync(TokenEntry entry, KeptWork background)
    {
        var call = entry.GetAsync(CreateCaller(TimeSpan.Zero)).AsTask();
        var fetching = background.Kept.Dequeue()();
        await Fetcher.EndAsync(1, CreateToken("held"));
        await fetching;
        await call;
    }

    /// <summary>Keeps the work that was started in the background.</summary>
    private sealed class KeptWork : IBackgroundWork
    {
        public Queue<Func<Task>> Kept { get; } = new();

        public void Start(Func<Task> work) => Kept.Enqueue(work);
    }
}
