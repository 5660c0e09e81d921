using System.Net;
using CognitoM2M.Cache;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>What callers get while the token is fresh, due for renewal, unusable or missing.</summary>
public sealed class TokenEntryTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Fact]
    public async Task Ten_thousand_callers_without_a_token_share_one_token_request()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;

        var callers = Enumerable.Range(0, 10_000).Select(_ => _service.Provider.GetTokenAsync("orders").AsTask()).ToList();
        answer.SetResult(StubbedResponse.CreateToken("shared-token"));
        var tokens = await Task.WhenAll(callers);

        Assert.All(tokens, token => Assert.Equal("shared-token", token.Value));
        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Cancelling_one_caller_does_not_end_the_fetch_for_other_callers()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;
        using var cancelled = new CancellationTokenSource();
        var first = _service.Provider.GetTokenAsync("orders", cancellationToken: cancelled.Token).AsTask();
        var second = _service.GetTokenAsync();

        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        answer.SetResult(StubbedResponse.CreateToken("shared-token"));

        Assert.Equal("shared-token", await second);
        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Calls_do_not_wait_for_a_renewal()
    {
        await _service.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;

        _service.Clock.Advance(TimeSpan.FromMinutes(52));
        var during = Enumerable.Range(0, 1000).Select(_ => _service.Provider.GetTokenAsync("orders")).ToList();
        Assert.All(during, call => Assert.True(call.IsCompletedSuccessfully));
        Assert.All(during, call => Assert.Equal("token-1", call.Result.Value));
        answer.SetResult(StubbedResponse.CreateToken("token-2"));
        await _service.WaitForFetchAsync();

        Assert.Equal("token-2", await _service.GetTokenAsync());
        Assert.Equal(2, _service.TokenRequests);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(60)]
    [InlineData(300)]
    [InlineData(86_400)]
    public async Task Tokens_of_any_lifetime_cost_one_request_per_renewal(int lifetime)
    {
        _service.OnTokenRequest = (n, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{n}", lifetime));
        const int Lifetimes = 20;
        const int CallsPerLifetime = 200;

        for (var call = 0; call < Lifetimes * CallsPerLifetime; call++)
        {
            await _service.GetTokenAsync();
            await _service.WaitForFetchAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(lifetime) / CallsPerLifetime);
        }

        // A token is renewed after 75 % to 85 % of its lifetime.
        Assert.InRange(_service.TokenRequests, Lifetimes, (int)(Lifetimes / 0.75) + 2);
    }

    [Fact]
    public async Task Token_is_not_sent_in_the_last_seconds_of_its_life()
    {
        await _service.GetTokenAsync();

        _service.Clock.Advance(TimeSpan.FromSeconds(3571));

        Assert.Equal("token-2", await _service.GetTokenAsync());
    }

    [Fact]
    public async Task Lifetime_counts_from_the_time_the_request_was_sent()
    {
        _service.OnTokenRequest = (n, _) =>
        {
            _service.Clock.Advance(TimeSpan.FromSeconds(9));
            return Task.FromResult(StubbedResponse.CreateToken($"token-{n}", expiresIn: 20));
        };

        var token = await _service.Provider.GetTokenAsync("orders");
        _service.Clock.Advance(TimeSpan.FromSeconds(11));
        await _service.GetTokenAsync();

        Assert.Equal(_service.Clock.GetUtcNow() + TimeSpan.FromSeconds(20 - 9 - 9 - 11), token.ExpiresAt);
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Concurrent_forced_refreshes_share_one_request()
    {
        await _service.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;

        var forced = Enumerable.Range(0, 50).Select(_ => _service.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true })).ToList();
        var ordinary = await _service.GetTokenAsync();
        answer.SetResult(StubbedResponse.CreateToken("token-2"));

        Assert.Equal("token-1", ordinary);
        Assert.All(await Task.WhenAll(forced), token => Assert.Equal("token-2", token));
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Call_that_is_already_cancelled_sends_no_token_request()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await _service.Provider.GetTokenAsync("orders", null, cancelled.Token));

        Assert.Equal(0, _service.TokenRequests);
    }

    [Fact]
    public async Task Forced_refresh_that_is_already_cancelled_sends_no_token_request()
    {
        await _service.GetTokenAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            async () => await _service.Provider.GetTokenAsync("orders", new CognitoTokenRequest { ForceRefresh = true }, new CancellationToken(canceled: true)));
        await _service.WaitForFetchAsync();

        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Synchronous_call_that_is_already_cancelled_sends_no_token_request()
    {
        var client = _service.Clients.GetClient("orders");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await client.GetAsync(null, callerBlocks: true, new CancellationToken(canceled: true)));
        await _service.WaitForFetchAsync();

        Assert.Equal(0, _service.TokenRequests);
    }

    [Fact]
    public async Task One_hundred_calls_with_the_same_scopes_share_one_token_request()
    {
        var request = new CognitoTokenRequest { Scopes = ["orders/write"] };
        var entry = _service.Clients.GetClient("orders").Current.FindEntry(request);

        for (var call = 0; call < 100; call++)
        {
            Assert.Equal("token-1", await _service.GetTokenAsync(request));
            if (entry.Fetching is { } fetching)
                await fetching;
        }

        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Calls_do_not_wait_for_a_renewal_after_the_store_dropped_entries()
    {
        await _service.GetTokenAsync();
        for (var tenant = 0; tenant <= TokenEntryStore.DefaultCapacity; tenant++)
        {
            await _service.GetTokenAsync(new CognitoTokenRequest { Scopes = [$"tenants/{tenant}"] });
            // The requests are slow enough for the limit of token requests per second.
            _service.Clock.Advance(TimeSpan.FromMilliseconds(10));
        }

        _service.Clock.Advance(TimeSpan.FromMinutes(52));
        var call = _service.Provider.GetTokenAsync("orders");

        Assert.True(call.IsCompletedSuccessfully);
        Assert.Equal("token-1", (await call).Value);
    }

    [Fact]
    public async Task Fetch_does_not_run_in_the_execution_context_of_its_caller()
    {
        var ambient = new AsyncLocal<string?> { Value = "value of the caller" };
        string? seen = "not read";
        _service.OnTokenRequest = (n, _) =>
        {
            seen = ambient.Value;
            return Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        };

        await _service.GetTokenAsync();

        Assert.Null(seen);
        Assert.Equal("value of the caller", ambient.Value);
    }

    [Fact]
    public async Task Disposing_the_provider_fails_the_callers_of_a_fetch_in_flight()
    {
        _service.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var waiting = _service.GetTokenAsync();

        await _service.DisposeAsync();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => waiting);
        Assert.Equal(CognitoTokenErrors.RequestFailed, failure.Error);
    }

    [Fact]
    public async Task Every_call_of_eight_hours_carries_a_token()
    {
        for (var i = 0; i < 500; i++)
        {
            Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
            await _service.WaitForFetchAsync();
            _service.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.All(_service.ApiCalls, header => Assert.StartsWith("Bearer token-", header, StringComparison.Ordinal));
        Assert.InRange(_service.TokenRequests, 9, 12);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
