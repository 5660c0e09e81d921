using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Registration;

/// <summary>A changed client secret starts a renewal: calls use the present token until the token of the new secret arrives.</summary>
public sealed class SecretChangeTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing = new();

    private StubbedService Service => _billing.Service;

    [Fact]
    public async Task Changed_secret_makes_no_caller_wait_and_is_used_by_the_next_renewal()
    {
        Service.OnTokenRequest = (_, request) => Task.FromResult(StubbedResponse.CreateToken($"for-{ConfiguredClient.ReadSecret(request)}"));
        await _billing.GetTokenAsync();

        _billing.Change("ClientSecret", "second2secret");
        var atOnce = Service.Provider.GetTokenAsync("billing");

        Assert.True(atOnce.IsCompletedSuccessfully);
        Assert.Equal($"for-{ConfiguredClient.FirstSecret}", (await atOnce).Value);
        await _billing.WaitForFetchAsync();
        Assert.Equal("for-second2secret", await _billing.GetTokenAsync());
        Assert.Equal(2, Service.TokenRequests);
    }

    [Fact]
    public async Task Changed_secret_without_a_usable_token_is_used_by_the_next_call()
    {
        Service.OnTokenRequest = (_, request) => Task.FromResult(StubbedResponse.CreateToken($"for-{ConfiguredClient.ReadSecret(request)}"));
        await _billing.GetTokenAsync();
        Service.Clock.Advance(TimeSpan.FromHours(2));

        _billing.Change("ClientSecret", "second2secret");

        Assert.Equal("for-second2secret", await _billing.GetTokenAsync());
        Assert.Equal(2, Service.TokenRequests);
    }

    [Fact]
    public async Task Changed_secret_ends_the_back_off_that_the_former_secret_caused()
    {
        _billing.RefuseTokenRequests();
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        Service.OnTokenRequest = (_, request) => Task.FromResult(StubbedResponse.CreateToken($"for-{ConfiguredClient.ReadSecret(request)}"));

        _billing.Change("ClientSecret", "second2secret");

        Assert.Equal("for-second2secret", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Refused_new_secret_is_tried_again_after_the_usual_back_off()
    {
        await _billing.GetTokenAsync();
        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped2secret");

        for (var second = 0; second < 60; second++)
        {
            await _billing.GetTokenAndWaitForFetchAsync();
            Service.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        // The pauses are 1, 2, 4, 8, 16 and 32 seconds, each up to a half longer.
        Assert.InRange(Service.TokenRequests - 1, 5, 6);
    }

    [Fact]
    public async Task New_secret_is_not_tried_again_before_the_pause_that_cognito_asked_for()
    {
        await _billing.GetTokenAsync();
        Service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(200)));
        _billing.Change("ClientSecret", "second2secret");

        await _billing.GetTokenAndWaitForFetchAsync();
        Service.Clock.Advance(TimeSpan.FromSeconds(199));
        await _billing.GetTokenAndWaitForFetchAsync();
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync(new() { ForceRefresh = true }));

        Assert.Equal(2, Service.TokenRequests);
    }

    [Fact]
    public async Task Failed_forced_refresh_with_the_new_secret_keeps_the_token_in_use()
    {
        var before = await _billing.GetTokenAsync();
        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped2secret");

        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync(new() { ForceRefresh = true }));

        Assert.Equal(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Secret_change_keeps_the_tokens_of_requests_with_their_own_scopes()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await _billing.GetTokenAsync(request);
        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped2secret");

        Assert.Equal(before, await _billing.GetTokenAsync(request));
        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Handler_made_after_the_change_uses_the_kept_token()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var before = await Service.Clients.GetClient("billing", request).GetAsync(null, false, default);
        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped2secret");

        var after = await Service.Clients.GetClient("billing", request).GetAsync(null, false, default);

        Assert.Equal(before.Token.Value, after.Token.Value);
    }

    [Fact]
    public async Task Handler_that_notices_the_change_late_drops_no_token_of_other_handlers()
    {
        var request = new CognitoTokenRequest { Scopes = ["billing/write"] };
        var late = Service.Clients.GetClient("billing", new() { Scopes = ["billing/read"] });
        var lateBefore = await late.GetAsync(null, false, default);
        var before = await _billing.GetTokenAsync(request);
        _billing.Change("ClientSecret", "second2secret");

        var after = await _billing.GetTokenAsync(request);
        var lateAfter = await late.GetAsync(null, false, default);

        Assert.Equal(before, after);
        Assert.Same(lateBefore.Token, lateAfter.Token);
    }

    [Fact]
    public async Task Refused_new_secret_keeps_the_token_in_use_and_is_logged_once()
    {
        var before = await _billing.GetTokenAsync();
        _billing.RefuseTokenRequests();

        _billing.Change("ClientSecret", "mistyped2secret");
        for (var second = 0; second < 60; second++)
        {
            Assert.Equal(before, await _billing.GetTokenAsync());
            await _billing.WaitForFetchAsync();
            Service.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Single(_billing.Log.Lines, line => line.StartsWith("Warning 11", StringComparison.Ordinal));
        Service.OnTokenRequest = (n, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        Service.Clock.Advance(TimeSpan.FromMinutes(2));
        await _billing.GetTokenAndWaitForFetchAsync();
        Assert.NotEqual(before, await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Refused_new_secret_fails_calls_after_the_token_ended()
    {
        await _billing.GetTokenAsync();
        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped2secret");
        await _billing.GetTokenAndWaitForFetchAsync();

        Service.Clock.Advance(TimeSpan.FromHours(1));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        Assert.Equal("invalid_client", failure.Error);
    }

    [Fact]
    public async Task Token_of_the_former_secret_is_not_sent_past_its_end_during_a_back_off()
    {
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = Service.Api });
        await _billing.GetTokenAsync();
        Service.Clock.Advance(TimeSpan.FromSeconds(3500));
        Service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(200)));
        _billing.Change("ClientSecret", "second2secret");
        await _billing.GetTokenAndWaitForFetchAsync();
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");

        // The token lives for 3600 seconds.
        Service.Clock.Advance(TimeSpan.FromSeconds(100));

        await Assert.ThrowsAsync<CognitoTokenException>(() => _billing.GetTokenAsync());
        await Assert.ThrowsAsync<CognitoTokenException>(() => invoker.SendAsync(message, CancellationToken.None));
        Assert.Empty(Service.ApiCalls);
        Assert.Equal(2, Service.TokenRequests);
    }

    [Fact]
    public async Task Many_changes_of_the_secret_keep_no_former_entries_alive()
    {
        var before = await _billing.GetTokenAsync();
        _billing.RefuseTokenRequests();
        var entries = new List<WeakReference>();
        for (var change = 0; change < 200; change++)
        {
            _billing.Change("ClientSecret", $"mistyped{change}secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            await _billing.WaitForFetchAsync();
            // The requests are slow enough for the limit of token requests per second.
            Service.Clock.Advance(TimeSpan.FromMilliseconds(10));
            entries.Add(new WeakReference(_billing.Client.Current.FindEntry(null)));
        }

        // Threads that have just ended a fetch may still hold some entries.
        GC.Collect();
        Assert.InRange(entries.Count(entry => entry.IsAlive), 1, 100);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();
}
