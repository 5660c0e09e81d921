using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Registration;

/// <summary>A new secret takes effect with the next call, and while it brings no token, the former one's serves on.</summary>
public sealed class SecretChangeTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing = new();

    private World World => _billing.World;

    [Fact]
    public async Task New_secret_is_used_with_the_next_call()
    {
        World.OnTokenRequest = (_, request) => Task.FromResult(World.TokenAnswer($"of-{ConfiguredClient.SecretOf(request)}"));
        Assert.Equal($"of-{ConfiguredClient.FirstSecret}", await _billing.GetTokenAsync());

        _billing.Change("ClientSecret", "second2secret");

        Assert.Equal("of-second2secret", await _billing.GetTokenAsync());
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Message_sent_again_across_a_change_of_the_secret_takes_the_new_token()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = World.Api });

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        _billing.Change("ClientSecret", "second2secret");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
    }

    [Fact]
    public async Task New_secret_that_does_not_work_yet_fails_no_call()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();

        _billing.Change("ClientSecret", "mistyped2secret");
        var after = await _billing.GetTokenAsync();

        Assert.Equal(before, after);
        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Warning 11", StringComparison.Ordinal));

        World.OnTokenRequest = (n, _) => Task.FromResult(World.TokenAnswer($"token-{n}"));
        World.Clock.Advance(TimeSpan.FromMinutes(2));
        await _billing.GetTokenAndSettleAsync();
        Assert.NotEqual(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task New_secret_that_does_not_work_is_tried_again_with_the_back_off_of_any_failure()
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
    public async Task New_secret_that_is_throttled_is_left_alone_as_long_as_asked()
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
    public async Task Forced_refresh_that_fails_by_the_new_secret_leaves_the_other_calls_their_token()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync(new() { ForceRefresh = true }));

        Assert.Equal(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Secret_that_is_changed_twice_before_a_fetch_ends_costs_no_call_its_token()
    {
        var before = await _billing.GetTokenAsync();
        var hanging = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (_, _) => hanging.Task;
        _billing.Change("ClientSecret", "mistyped2secret");
        var during = _billing.GetTokenAsync();

        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped3secret");
        var after = await _billing.GetTokenAsync();
        hanging.SetResult(ConfiguredClient.Refusal());

        Assert.Equal(before, after);
        Assert.Equal(before, await during);
    }

    [Fact]
    public async Task Token_that_the_former_secret_brings_late_serves_the_new_one()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (n, _) => n == 1 ? late.Task : Task.FromResult(ConfiguredClient.Refusal());
        var before = _billing.GetTokenAsync();
        while (World.TokenRequests == 0)
            await Task.Yield();

        _billing.Change("ClientSecret", "mistyped2secret");
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        late.SetResult(World.TokenAnswer("late"));

        Assert.Equal("late", await before);
        Assert.Equal("late", await _billing.GetTokenAsync());
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Scopes_per_call_keep_their_token_as_well()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await _billing.GetTokenAsync(request);
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        Assert.Equal(before, await _billing.GetTokenAsync(request));
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Secret_that_is_wrong_for_the_second_time_costs_no_call_its_token_either()
    {
        World.OnTokenRequest = (n, request) => Task.FromResult(
            ConfiguredClient.SecretOf(request) == ConfiguredClient.FirstSecret ? World.TokenAnswer($"token-{n}") : ConfiguredClient.Refusal());

        for (var time = 0; time < 3; time++)
        {
            _billing.Change("ClientSecret", ConfiguredClient.FirstSecret);
            var before = await _billing.GetTokenAsync();
            World.Clock.Advance(TimeSpan.FromMinutes(30));
            _billing.Change("ClientSecret", "mistyped2secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            World.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(before, await _billing.GetTokenAsync());
        }
    }

    [Fact]
    public async Task Token_that_comes_late_serves_also_when_another_had_to_do_until_then()
    {
        await HaveLateTokenAfterFallBackAsync();

        // The first token is over by now, and the late one is not.
        World.Clock.Advance(TimeSpan.FromSeconds(2600));

        Assert.Equal("late", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Of_several_former_tokens_the_one_that_lives_longest_serves()
    {
        await HaveLateTokenAfterFallBackAsync();

        _billing.Change("ClientSecret", "mistyped4secret");

        Assert.Equal("late", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Token_that_comes_late_serves_at_once_when_the_back_off_is_over()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (n, _) => n == 1 ? late.Task : n == 2 ? Task.FromResult(ConfiguredClient.Refusal()) : new TaskCompletionSource<HttpResponseMessage>().Task;
        var during = _billing.GetTokenAsync();
        while (World.TokenRequests == 0)
            await Task.Yield();
        _billing.Change("ClientSecret", "mistyped2secret");
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        late.SetResult(World.TokenAnswer("late"));
        await during;

        World.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("late", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Handler_that_is_made_after_the_change_falls_back_as_well()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await World.Clients.CreateClient("billing", request).GetAsync(null, default);
        _billing.Refuse();
        _billing.Change("ClientSecret", "mistyped2secret");

        var after = await World.Clients.CreateClient("billing", request).GetAsync(null, default);

        Assert.Equal(before.Token.Value, after.Token.Value);
    }

    [Fact]
    public async Task Handler_that_notices_the_change_late_costs_the_others_no_token()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var idle = World.Clients.CreateClient("billing", new() { Scopes = ["billing/read"] });
        await idle.GetAsync(null, default);
        await _billing.GetTokenAsync(request);
        _billing.Change("ClientSecret", "second2secret");
        var after = await _billing.GetTokenAsync(request);

        await idle.GetAsync(null, default);

        Assert.Equal(after, await _billing.GetTokenAsync(request));
        Assert.Equal(4, World.TokenRequests);
    }

    [Fact]
    public async Task Changes_of_the_secret_without_end_leave_nothing_behind()
    {
        var before = await _billing.GetTokenAsync();
        _billing.Refuse();
        var entries = new List<WeakReference>();
        for (var change = 0; change < 200; change++)
        {
            _billing.Change("ClientSecret", $"mistyped{change}secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            entries.Add(new WeakReference(_billing.Client.Current.EntryOf(null)));
        }

        // Threads that have just ended a fetch may still hold some.
        GC.Collect();
        Assert.InRange(entries.Count(entry => entry.IsAlive), 1, 100);
    }

    [Fact]
    public async Task Rejected_token_of_a_former_secret_is_replaced_by_what_the_new_one_has()
    {
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = World.Api });
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        World.OnApiCall = _ => World.ApiCalls.Count == 1 ? answer.Task : Task.FromResult(new HttpResponseMessage());
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var call = invoker.SendAsync(message, CancellationToken.None);
        while (World.ApiCalls.IsEmpty)
            await Task.Yield();

        _billing.Change("ClientSecret", "second2secret");
        await _billing.GetTokenAsync();
        answer.SetResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        using var response = await call;

        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
        Assert.Equal(2, World.TokenRequests);
    }

    [Fact]
    public async Task Message_sent_again_after_two_changes_of_the_secret_takes_the_new_token()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var client = _billing.Client;
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(client) { InnerHandler = World.Api });

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        _billing.Change("ClientSecret", "second2secret");
        client.Refresh();
        _billing.Change("ClientSecret", "third3secret");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], World.ApiCalls);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();

    /// <summary>A third secret brings no token and falls back on that of the first; then the second brings one, a thousand seconds younger.</summary>
    private async Task HaveLateTokenAfterFallBackAsync()
    {
        var first = await _billing.GetTokenAsync();
        World.Clock.Advance(TimeSpan.FromSeconds(1000));
        var late = new TaskCompletionSource<HttpResponseMessage>();
        World.OnTokenRequest = (_, request) =>
            ConfiguredClient.SecretOf(request) == "second2secret" ? late.Task : Task.FromResult(ConfiguredClient.Refusal());
        _billing.Change("ClientSecret", "second2secret");
        var during = _billing.GetTokenAsync();
        _billing.Change("ClientSecret", "mistyped3secret");
        Assert.Equal(first, await _billing.GetTokenAsync());
        late.SetResult(World.TokenAnswer("late"));
        Assert.Equal("late", await during);
    }
}
