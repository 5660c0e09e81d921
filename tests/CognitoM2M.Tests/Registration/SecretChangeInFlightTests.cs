using System.Net;
using CognitoM2M.Http;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Registration;

/// <summary>A client secret changes while a token request or a call is under way.</summary>
public sealed class SecretChangeInFlightTests : IAsyncDisposable
{
    private readonly ConfiguredClient _billing = new();
    private StubbedService Service => _billing.Service;

    [Fact]
    public async Task Two_changes_of_the_secret_during_one_fetch_keep_the_token()
    {
        var before = await _billing.GetTokenAsync();
        var hanging = new TaskCompletionSource<HttpResponseMessage>();
        Service.OnTokenRequest = (_, _) => hanging.Task;
        _billing.Change("ClientSecret", "mistyped2secret");
        var during = await _billing.GetTokenAsync();

        _billing.RefuseTokenRequests();
        _billing.Change("ClientSecret", "mistyped3secret");
        var after = await _billing.GetTokenAsync();
        hanging.SetResult(ConfiguredClient.CreateRefusal());

        Assert.Equal(before, during);
        Assert.Equal(before, after);
    }

    [Fact]
    public async Task Fetch_in_flight_with_the_former_secret_serves_its_own_callers_only()
    {
        var late = new TaskCompletionSource<HttpResponseMessage>();
        Service.OnTokenRequest = (n, _) => n == 1 ? late.Task : Task.FromResult(StubbedResponse.CreateToken("token-of-new-secret"));
        var waiting = _billing.GetTokenAsync();
        while (Service.TokenRequests == 0)
            await Task.Yield();

        _billing.Change("ClientSecret", "second2secret");
        var after = await _billing.GetTokenAsync();
        late.SetResult(StubbedResponse.CreateToken("late"));

        Assert.Equal("late", await waiting);
        Assert.Equal("token-of-new-secret", after);
        Assert.Equal("token-of-new-secret", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Renewal_in_flight_at_the_change_is_repeated_with_the_new_secret()
    {
        var before = await _billing.GetTokenAsync();
        Service.OnTokenRequest = (n, _) => n == 2
            ? new TaskCompletionSource<HttpResponseMessage>().Task
            : Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        Service.Clock.Advance(TimeSpan.FromSeconds(3100));
        Assert.Equal(before, await _billing.GetTokenAsync());
        // The renewal runs on another thread.
        while (Service.TokenRequests < 2)
            await Task.Yield();

        _billing.Change("ClientSecret", "second2secret");
        Assert.Equal(before, await _billing.GetTokenAsync());
        await _billing.WaitForFetchAsync();

        Assert.Equal("token-3", await _billing.GetTokenAsync());
    }

    [Fact]
    public async Task Changing_between_a_valid_and_an_invalid_secret_keeps_the_token()
    {
        Service.OnTokenRequest = (n, request) => Task.FromResult(
            ConfiguredClient.ReadSecret(request) == ConfiguredClient.FirstSecret ? StubbedResponse.CreateToken($"token-{n}") : ConfiguredClient.CreateRefusal());

        for (var time = 0; time < 3; time++)
        {
            _billing.Change("ClientSecret", ConfiguredClient.FirstSecret);
            await _billing.GetTokenAndWaitForFetchAsync();
            var before = await _billing.GetTokenAsync();
            Service.Clock.Advance(TimeSpan.FromMinutes(30));
            _billing.Change("ClientSecret", "mistyped2secret");
            Assert.Equal(before, await _billing.GetTokenAsync());
            Service.Clock.Advance(TimeSpan.FromMinutes(20));
            Assert.Equal(before, await _billing.GetTokenAsync());
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Retried_request_carries_the_new_token_after_changes_of_the_secret(int changes)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        var client = _billing.Client;
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(client) { InnerHandler = Service.Api });
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        for (var change = 0; change < changes; change++)
        {
            _billing.Change("ClientSecret", $"other{change}secret");
            client.Refresh();
        }

        await _billing.GetTokenAndWaitForFetchAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Service.ApiCalls);
    }

    [Fact]
    public async Task Retried_request_carries_the_token_of_the_new_app_client_after_the_client_id_changed()
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = Service.Api });
        using var first = await invoker.SendAsync(message, CancellationToken.None);

        _billing.Change("ClientId", "another2client");
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], Service.ApiCalls);
    }

    [Fact]
    public async Task Rejected_token_of_the_former_secret_is_replaced_with_the_new_secret()
    {
        using var invoker = new HttpMessageInvoker(new CognitoTokenHandler(_billing.Client) { InnerHandler = Service.Api });
        Service.OnApiCall = request => Task.FromResult(new HttpResponseMessage(
            request.Headers.Authorization?.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK));
        await _billing.GetTokenAsync();
        _billing.Change("ClientSecret", "second2secret");
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://billing.example.com/x");

        using var response = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], Service.ApiCalls);
        Assert.Equal(2, Service.TokenRequests);
    }

    public ValueTask DisposeAsync() => _billing.DisposeAsync();
}
