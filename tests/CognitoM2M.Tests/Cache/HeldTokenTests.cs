using System.Net;
using CognitoM2M.Cache;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>What a caller gets while a token is fresh, due, expired or missing.</summary>
public sealed class HeldTokenTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Ten_thousand_callers_on_a_cold_start_cost_one_token_request()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (_, _) => answer.Task;

        var callers = Enumerable.Range(0, 10_000).Select(_ => _world.Provider.GetTokenAsync("orders").AsTask()).ToList();
        answer.SetResult(World.TokenAnswer("the-one"));
        var tokens = await Task.WhenAll(callers);

        Assert.All(tokens, token => Assert.Equal("the-one", token.Value));
        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Caller_that_cancels_leaves_the_others_their_token()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (_, _) => answer.Task;
        using var cancelled = new CancellationTokenSource();
        var first = _world.Provider.GetTokenAsync("orders", cancellationToken: cancelled.Token).AsTask();
        var second = _world.GetTokenAsync();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(World.TokenAnswer("the-one"));

        Assert.Equal("the-one", await second);
        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Renewal_keeps_no_caller_waiting()
    {
        await _world.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (_, _) => answer.Task;

        _world.Clock.Advance(TimeSpan.FromMinutes(52));
        var during = Enumerable.Range(0, 1000).Select(_ => _world.Provider.GetTokenAsync("orders")).ToList();
        Assert.All(during, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.All(during, call => Assert.Equal("token-1", call.Result.Value));
        answer.SetResult(World.TokenAnswer("token-2"));
        await _world.SettleAsync();

        Assert.Equal("token-2", await _world.GetTokenAsync());
        Assert.Equal(2, _world.TokenRequests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(86_400)]
    public async Task Token_of_any_lifetime_costs_one_request_per_renewal(int lifetime)
    {
        _world.OnTokenRequest = (n, _) => Task.FromResult(World.TokenAnswer($"token-{n}", lifetime));
        const int Lifetimes = 20;
        const int CallsPerLifetime = 200;

        for (var call = 0; call < Lifetimes * CallsPerLifetime; call++)
        {
            await _world.GetTokenAsync();
            await _world.SettleAsync();
            _world.Clock.Advance(TimeSpan.FromSeconds(lifetime) / CallsPerLifetime);
        }

        // Each token serves for 75 % to 85 % of its life before its renewal.
        Assert.InRange(_world.TokenRequests, Lifetimes, (int)(Lifetimes / 0.75) + 2);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    public async Task Jump_of_the_wall_clock_by_a_day_changes_nothing(int days)
    {
        await _world.GetTokenAsync();

        _world.Clock.JumpWallClock(TimeSpan.FromDays(days));
        for (var minute = 0; minute < 44; minute++)
        {
            Assert.Equal("token-1", await _world.GetTokenAsync());
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Token_is_not_sent_in_the_last_seconds_of_its_life()
    {
        await _world.GetTokenAsync();

        _world.Clock.Advance(TimeSpan.FromSeconds(3571));

        Assert.Equal("token-2", await _world.GetTokenAsync());
    }

    [Fact]
    public async Task Lifetime_is_counted_from_when_the_request_was_sent()
    {
        _world.OnTokenRequest = (n, _) =>
        {
            _world.Clock.Advance(TimeSpan.FromSeconds(9));
            return Task.FromResult(World.TokenAnswer($"token-{n}", expiresIn: 20));
        };

        var token = await _world.Provider.GetTokenAsync("orders");
        _world.Clock.Advance(TimeSpan.FromSeconds(9.5));
        await _world.GetTokenAsync();

        Assert.Equal(_world.Clock.GetUtcNow() + TimeSpan.FromSeconds(20 - 9 - 9 - 9.5), token.ExpiresAt);
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Forced_refresh_costs_one_request_for_all_who_ask_at_the_same_time()
    {
        await _world.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (_, _) => answer.Task;

        var forced = Enumerable.Range(0, 50).Select(_ => _world.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true })).ToList();
        var ordinary = await _world.GetTokenAsync();
        answer.SetResult(World.TokenAnswer("token-2"));

        Assert.Equal("token-1", ordinary);
        Assert.All(await Task.WhenAll(forced), token => Assert.Equal("token-2", token));
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Cancelled_caller_starts_no_fetch()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _world.Provider.GetTokenAsync("orders", null, cancelled.Token));

        Assert.Equal(0, _world.TokenRequests);
    }

    [Fact]
    public async Task Renewal_keeps_no_caller_waiting_even_when_the_store_had_to_make_room()
    {
        await _world.GetTokenAsync();
        for (var tenant = 0; tenant <= TokenEntryStore.DefaultCapacity; tenant++)
            await _world.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"tenants/{tenant}"] });

        _world.Clock.Advance(TimeSpan.FromMinutes(52));
        var call = _world.Provider.GetTokenAsync("orders");

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal("token-1", (await call).Value);
    }

    [Fact]
    public async Task Fetch_does_not_carry_the_callers_ambient_state()
    {
        var ambient = new AsyncLocal<string?> { Value = "the caller's" };
        string? seen = "not looked";
        _world.OnTokenRequest = (n, _) =>
        {
            seen = ambient.Value;
            return Task.FromResult(World.TokenAnswer($"token-{n}"));
        };

        await _world.GetTokenAsync();

        Assert.Null(seen);
        Assert.Equal("the caller's", ambient.Value);
    }

    [Fact]
    public async Task Disposal_ends_a_fetch_under_way_and_its_callers_get_the_failure()
    {
        _world.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var waiting = _world.GetTokenAsync();

        await _world.DisposeAsync();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => waiting);
        Assert.Equal(CognitoTokenErrors.RequestFailed, failure.Error);
    }

    [Fact]
    public async Task Api_is_called_with_a_bearer_token_for_the_whole_life_of_a_service()
    {
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
            await _world.SettleAsync();
            _world.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(_world.ApiCalls, header => Assert.StartsWith("Bearer token-", header, StringComparison.Ordinal));
        Assert.InRange(_world.TokenRequests, 9, 12);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
