using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Registration;

/// <summary>A changed secret is a renewal: calls go on with the token they have, and the next token is fetched with the new secret.</summary>
public sealed class SecretChangeTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing = new();

    private World World => _billing.World;

    [Fact]
    public async Task Changed_secret_makes_no_caller_wait_and_the_next_renewal_uses_it()
    {
        World.OnTokenRequest = (_, request) => Task.FromResult(World.TokenAnswer($"of-{ConfiguredClient.SecretOf(request)}"));
        await _billing.GetTokenAsync();

        _billing.Change("ClientSecret", "second2secret");
        var atOnce = World.Provider.GetTokenAsync("billing");

        Assert.True(atOnce.IsCompletedSuccessfully);
        Assert.Equal($"of-{ConfiguredClient.FirstSecret}", (await atOnce).Value);
        await _billing.SettleAsync();
        Assert.Equal("of-second2secret", await _billing.GetTokenAsync());
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Changed_secret_without_a_usable_token_is_used_by_the_next_call()
    {
        World.OnTokenRequest = (_, request) => Task.FromResult(World.TokenAnswer($"of-{ConfiguredClient.SecretOf(request)}"));
        await _billing.GetTokenAsync();
        World.Clock.Advance(TimeSpan.FromHours(2));

        _billing.Change("ClientSecret", "second2secret");

        Assert.Equal("of-second2secret", await _billing.GetTokenAsync());
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Changed_secret_ends_the_back_off_that_the_former_secret_caused()
    {
        _billing.Refuse();
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        World.OnTokenRequest = (_, request) => Task.FromResult(World.TokenAnswer($"of-{ConfiguredClient.SecretOf(request)}"));

        _billing.Change("ClientSecret", "second2secret");

        Assert.Equal("of-second2secret", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task New_secret_that_is_refused_is_tried_again_after_the_usual_back_off()
    {
        await _billing.GetTokenAsync();
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        for (var second = 0; second < 60; second++)
        {
            await _billing.GetTokenAndSettleAsync();
            World.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The pauses are 1, 2, 4, 8, 16 and 32 seconds, each by up to a half longer.
        Assert.InRange(World.TokenRequests - 1, 5, 6);
    }

    [Fact]
    public async Task Throttled_new_secret_is_not_tried_again_before_the_requested_pause()
    {
        await _billing.GetTokenAsync();
        World.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(200)));
        _billing.Change("ClientSecret", "second2secret");

        await _billing.GetTokenAndSettleAsync();
        World.Clock.Advance(TimeSpan.FromSeconds(199));
        await _billing.GetTokenAndSettleAsync();
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync(new() { ForceRefresh = true }));

        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Forced_refresh_that_fails_with_the_new_secret_leaves_other_calls_their_token()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync(new() { ForceRefresh = true }));

        Assert.Equal(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Tokens_for_the_scopes_of_one_call_are_kept_too()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await _billing.GetTokenAsync(request);
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        Assert.Equal(before, await _billing.GetTokenAsync(request));
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Handler_made_after_the_change_uses_the_kept_token_too()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await World.Clients.CreateClient("billing", request).GetAsync(null, default);
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        var after = await World.Clients.CreateClient("billing", request).GetAsync(null, default);

        Assert.Equal(before.Token.Value, after.Token.Value);
    }

    [Fact]
    public async Task Handler_that_notices_the_change_late_costs_other_handlers_no_token()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var late = World.Clients.CreateClient("billing", new() { Scopes = ["billing/read"] });
        var lateBefore = await late.GetAsync(null, default);
        var before = await _billing.GetTokenAsync(request);
        _billing.Change("ClientSecret", "second2secret");

        var after = await _billing.GetTokenAsync(request);
        var lateAfter = await late.GetAsync(null, default);

        Assert.Equal(before, after);
        Assert.Same(lateBefore.Token, lateAfter.Token);
    }

    [Fact]
    public async Task New_secret_that_is_refused_leaves_calls_their_token_and_is_logged_once()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();

        _billing.Change("ClientSecret", "mistyped2secret");
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(before, await _billing.GetTokenAsync());
            await _billing.SettleAsync();
            World.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Warning 11", StringComparison.Ordinal));
        World.OnTokenRequest = (n, _) => Task.FromResult(World.TokenAnswer($"token-{n}"));
        World.Clock.Advance(TimeSpan.FromMinutes(2));
        await _billing.GetTokenAndSettleAsync();
        Assert.NotEqual(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task New_secret_that_is_refused_fails_calls_when_the_token_has_ended()
    {
        await _billing.GetTokenAsync();
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");
        await _billing.GetTokenAndSettleAsync();

        World.Clock.Advance(TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        Assert.Equal("invalid_client", failure.Error);
    }

    [Fact]
    public async Task Two_changes_before_the_first_fetch_ends_keep_the_token()
    {
        var before = await _billing.GetTokenAsync();
        var hanging = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (_, _) => hanging.Task;
        _billing.Change("ClientSecret", "mistyped2secret");
        var during = await _billing.GetTokenAsync();

        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped3secret");
        var after = await _billing.GetTokenAsync();
        hanging.SetResult(ConfiguredClient.Refusal());

        Assert.Equal(before, during);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Fetch_in_flight_with_the_former_secret_serves_its_own_callers_only()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (n, _) => n == 1 ? late.Task : Task.FromResult(World.TokenAnswer("of-the-new-secret"));
        var waiting = _billing.GetTokenAsync();
        while (World.TokenRequests == 0)
            await Task.Yield();

        _billing.Change("ClientSecret", "second2secret");
        var after = await _billing.GetTokenAsync();
        late.SetResult(World.TokenAnswer("late"));

        Assert.Equal("late", await waiting);
        Assert.Equal("of-the-new-secret", after);
        Assert.Equal("of-the-new-secret", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Renewal_in_flight_at_the_change_is_made_again_with_the_new_secret()
    {
        var before = await _billing.GetTokenAsync();
        World.OnTokenRequest = (n, _) => n == 2
            ? new TaskCompletionSource<HttpResponseMessage>().Task
            : Task.FromResult(World.TokenAnswer($"token-{n}"));
        World.Clock.Advance(TimeSpan.FromSeconds(3100));
        Assert.Equal(before, await _billing.GetTokenAsync());

        _billing.Change("ClientSecret", "second2secret");
        Assert.Equal(before, await _billing.GetTokenAsync());
        await _billing.SettleAsync();

        Assert.Equal("token-3", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Changing_back_to_a_good_secret_keeps_the_token_every_time()
    {
        World.OnTokenRequest = (n, request) => Task.FromResult(
            ConfiguredClient.SecretOf(request) == ConfiguredClient.FirstSecret ? World.TokenAnswer($"token-{n}") : ConfiguredClient.Refusal());

        for (var time = 0; time < 3; time++)
        {
            _billing.Change("ClientSecret", ConfiguredClient.FirstSecret);
            await _billing.GetTokenAndSettleAsync();
            var before = await _billing.GetTokenAsync();
            World.Clock.Advance(TimeSpan.FromMinutes(30));
            _billing.Change("ClientSecret", "mistyped2secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            World.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(before, await _billing.GetTokenAsync());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Message_sent_again_after_changes_of_the_secret_takes_the_new_token(int changes)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var client = _billing.Client;
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(client) { InnerHandler = World.Api });
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        for (var change = 0; change < changes; change++)
        {
            _billing.Change("ClientSecret", $"other{change}secret");
            client.Refresh();
        }

        await _billing.GetTokenAndSettleAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
    }

    [Fact]
    public async Task Message_sent_again_after_a_change_of_the_app_client_takes_the_token_of_the_new_one()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = World.Api });
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        _billing.Change("ClientId", "another2client");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
    }

    [Fact]
    public async Task Token_of_the_former_secret_that_is_rejected_is_replaced_with_the_new_secret()
    {
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = World.Api });
        World.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
            request.Headers.Authorization?.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));
        await _billing.GetTokenAsync();
        _billing.Change("ClientSecret", "second2secret");
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");

        using var response = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Many_changes_of_the_secret_leave_no_entries_behind()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();
        var entries = new List<WeakReference>();
        for (var change = 0; change < 200; change++)
        {
            _billing.Change("ClientSecret", $"mistyped{change}secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            await _billing.SettleAsync();
            entries.Add(new WeakReference(_billing.Client.Current.FindEntry(null)));
        }

        // Threads that have just ended a fetch may still hold some entries.
        GC.Collect();
        Assert.InRange(entries.Count(entry => entry.IsAlive), 1, 100);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();
}
