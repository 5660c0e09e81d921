using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Cache;

/// <summary>What the callers of one entry do when a fetch returns a token that does not help them, and when it fails.</summary>
public sealed class TokenEntryFetchTests
{
    private static readonly TokenFailure _refused = new("invalid_client", "Check the client secret.", IsTransient: false);

    private readonly ManualClock _clock = new();
    private readonly ScriptedFetcher _fetcher = new();
    private readonly TokenEntry _entry;

    public TokenEntryFetchTests() => _entry = CreateEntry();

    [Fact]
    public async Task Callers_that_reject_the_token_of_a_renewal_in_flight_share_one_further_fetch()
    {
        var held = await HoldTokenAsync();
        StartRenewal(after: TimeSpan.FromMinutes(52));
        var first = ReplaceAsync(held);
        var second = ReplaceAsync(held);

        await _fetcher.EndAsync(2, CreateToken("held"));
        Assert.Equal("held", (await _fetcher.WaitForAsync(3)).NotThis!.Value);
        await _fetcher.EndAsync(3, CreateToken("newer"));

        Assert.Equal("newer", (await first)!.Token.Value);
        Assert.Equal("newer", (await second)!.Token.Value);
        Assert.Equal(3, _fetcher.Count);
    }

    [Fact]
    public async Task Rejected_token_that_a_renewal_confirms_is_not_replaced_again_within_thirty_seconds()
    {
        var held = await ReplaceOnceAsync(lifetime: TimeSpan.FromSeconds(30));
        StartRenewal(after: TimeSpan.FromSeconds(25));
        var rejected = ReplaceAsync(held);

        await _fetcher.EndAsync(3, CreateToken("replacement"));

        Assert.Null(await rejected);
        Assert.Equal(3, _fetcher.Count);
    }

    [Fact]
    public async Task Forced_refresh_asks_again_after_a_renewal_that_confirms_the_token_within_thirty_seconds_of_a_replacement()
    {
        await ReplaceOnceAsync(lifetime: TimeSpan.FromSeconds(30));
        StartRenewal(after: TimeSpan.FromSeconds(25));
        var forced = RefreshAsync();

        await _fetcher.EndAsync(3, CreateToken("replacement"));
        await _fetcher.EndAsync(4, CreateToken("newest"));

        Assert.Equal("newest", (await forced).Token.Value);
    }

    [Fact]
    public async Task Forced_refresh_is_not_repeated_if_cognito_gives_the_same_token_again()
    {
        await HoldTokenAsync();
        var forced = RefreshAsync();

        await _fetcher.EndAsync(2, CreateToken("held"));
        await Task.WhenAny(forced, _fetcher.WaitForAsync(3));

        Assert.Equal(2, _fetcher.Count);
        Assert.Equal("held", (await forced).Token.Value);
    }

    [Fact]
    public async Task Rejected_token_that_cognito_gives_again_is_not_asked_for_again()
    {
        var rejected = ReplaceAsync(await HoldTokenAsync());

        await _fetcher.EndAsync(2, CreateToken("held"));
        await Task.WhenAny(rejected, _fetcher.WaitForAsync(3));

        Assert.Equal(2, _fetcher.Count);
        Assert.Null(await rejected);
    }

    [Fact]
    public async Task Caller_with_a_longer_minimum_gets_a_fetch_of_its_own_if_the_token_of_the_first_is_not_enough()
    {
        var first = GetAsync(TimeSpan.Zero);
        var second = GetAsync(TimeSpan.FromMinutes(10));

        await _fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));
        Assert.Equal("short", (await first).Token.Value);
        Assert.Equal(TimeSpan.FromMinutes(10), (await _fetcher.WaitForAsync(2)).MinimumRemaining);
        Assert.False(second.IsCompleted);
        await _fetcher.EndAsync(2, CreateToken("long"));

        Assert.Equal("long", (await second).Token.Value);
        Assert.Equal(2, _fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_the_token_of_a_fetch_that_was_asked_for_this_minimum()
    {
        var call = GetAsync(TimeSpan.FromMinutes(10));

        await _fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));

        Assert.Equal("short", (await call).Token.Value);
        Assert.Equal(1, _fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_a_token_with_less_time_left_after_a_failure()
    {
        await HoldTokenAsync();
        _clock.Advance(TimeSpan.FromMinutes(45));
        var call = GetAsync(TimeSpan.FromMinutes(30));

        await _fetcher.EndAsync(2, _refused);

        Assert.Equal("held", (await call).Token.Value);
        Assert.Equal(2, _fetcher.Count);
    }

    [Fact]
    public async Task Caller_without_a_token_gets_the_failure_of_its_fetch_at_once()
    {
        var call = GetAsync(TimeSpan.Zero);

        await _fetcher.EndAsync(1, _refused);

        Assert.Equal("invalid_client", (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Error);
        Assert.Equal(1, _fetcher.Count);
    }

    [Fact]
    public async Task Caller_with_a_minimum_takes_a_token_with_less_time_left_when_its_wait_is_over()
    {
        await HoldTokenAsync();
        _clock.Advance(TimeSpan.FromMinutes(45));
        var call = GetAsync(TimeSpan.FromMinutes(30));
        await _fetcher.WaitForAsync(2);

        _clock.Advance(TimeSpan.FromSeconds(11));

        Assert.Equal("held", (await call).Token.Value);
    }

    [Fact]
    public async Task Caller_that_waits_for_a_second_fetch_waits_for_the_turn_of_this_fetch_too()
    {
        var first = GetAsync(TimeSpan.Zero);
        var second = GetAsync(TimeSpan.FromMinutes(10));
        await _fetcher.EndAsync(1, CreateToken("short", age: TimeSpan.FromMinutes(55)));
        await first;
        var order = await _fetcher.WaitForAsync(2);

        order.StartTurnWait(_clock.GetElapsedTime(0));
        _clock.Advance(TimeSpan.FromSeconds(40));
        order.EndTurnWait(_clock.GetElapsedTime(0));
        await _fetcher.EndAsync(2, CreateToken("long"));

        Assert.Equal("long", (await second).Token.Value);
    }

    [Fact]
    public async Task Newer_token_of_a_renewal_replaces_a_rejected_token_without_a_request()
    {
        var rejected = await HoldTokenAsync();
        StartRenewal(after: TimeSpan.FromMinutes(52));
        await _fetcher.EndAsync(2, CreateToken("renewed"));
        await WaitForFetchAsync();

        var newer = ReplaceAsync(rejected);

        Assert.True(newer.IsCompletedSuccessfully);
        Assert.Equal("renewed", (await newer)!.Token.Value);
        Assert.Null(_entry.Fetching);
    }

    [Fact]
    public async Task Renewal_needs_no_thread_of_its_own_if_the_caller_that_starts_it_is_synchronous()
    {
        var background = new KeptWork();
        var entry = CreateEntry(background);
        await GetFirstTokenAsync(entry, background);
        _clock.Advance(TimeSpan.FromMinutes(52));

        var held = await entry.GetAsync(new Caller("x", Blocks: true, Minimum: TimeSpan.Zero, CancellationToken.None));

        Assert.Equal("held", held.Token.Value);
        Assert.Single(background.Kept);
    }

    private async Task<HeldToken> HoldTokenAsync()
    {
        var call = GetAsync(TimeSpan.Zero);
        await _fetcher.EndAsync(1, CreateToken("held"));
        return await call;
    }

    private async Task<HeldToken> ReplaceOnceAsync(TimeSpan lifetime)
    {
        var replaced = ReplaceAsync(await HoldTokenAsync());
        await _fetcher.EndAsync(2, CreateToken("replacement", lifetime: lifetime));
        return (await replaced)!;
    }

    private void StartRenewal(TimeSpan after)
    {
        _clock.Advance(after);
        Assert.True(GetAsync(TimeSpan.Zero).IsCompletedSuccessfully);
        Assert.NotNull(_entry.Fetching);
    }

    private Task<HeldToken> GetAsync(TimeSpan minimum) => _entry.GetAsync(CreateCaller(minimum)).AsTask();

    private Task<HeldToken> RefreshAsync() => _entry.RefreshAsync(CreateCaller(TimeSpan.Zero)).AsTask();

    private Task<HeldToken?> ReplaceAsync(HeldToken rejected) => _entry.ReplaceAsync(rejected.Token, "api", CreateCaller(TimeSpan.Zero)).AsTask();

    private async Task WaitForFetchAsync()
    {
        while (_entry.Fetching is { } fetching)
            await fetching;
    }

    private TokenEntry CreateEntry(IBackgroundWork? background = null) => new(
        _fetcher, TimeSpan.FromSeconds(10), new MonotonicClock(_clock), () => 0.5,
        new TokenTelemetry(new Instruments(NullLogger.Instance, null), "x", CognitoTokenRoute.OAuth2, ""), background);

    private async Task GetFirstTokenAsync(TokenEntry entry, KeptWork background)
    {
        var call = entry.GetAsync(CreateCaller(TimeSpan.Zero)).AsTask();
        var fetching = background.Kept.Dequeue()();
        await _fetcher.EndAsync(1, CreateToken("held"));
        await fetching;
        await call;
    }

    private static Caller CreateCaller(TimeSpan minimum) => new("x", Blocks: false, minimum, CancellationToken.None);

    /// <summary>Creates a token that was requested some time ago, of one hour by default.</summary>
    private IssuedToken CreateToken(string value, TimeSpan age = default, TimeSpan? lifetime = null)
    {
        var valid = lifetime ?? TimeSpan.FromHours(1);
        return new(new CognitoAccessToken(value, _clock.GetUtcNow() - age + valid), _clock.GetElapsedTime(0) - age, valid);
    }

    /// <summary>Keeps the work that was started in the background.</summary>
    private sealed class KeptWork : IBackgroundWork
    {
        public Queue<Func<Task>> Kept { get; } = new();

        public void Start(Func<Task> work) => Kept.Enqueue(work);
    }
}
