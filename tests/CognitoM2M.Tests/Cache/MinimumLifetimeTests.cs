using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Cache;

/// <summary>Clients and single requests that ask for a minimum remaining lifetime. Tokens live for ten minutes and are due for renewal after 7.5 minutes at least.</summary>
public sealed class MinimumLifetimeTests : IAsyncDisposable
{
    private static readonly CognitoTokenRequest _fourMinutes = new() { MinimumRemainingLifetime = TimeSpan.FromMinutes(4) };
    private static readonly CognitoTokenRequest _hour = new() { MinimumRemainingLifetime = TimeSpan.FromHours(1) };

    private StubbedService _service = CreateService();

    [Fact]
    public async Task Request_with_a_minimum_gets_a_new_token_in_place_of_one_with_less_time_left()
    {
        await _service.GetTokenAsync();

        _service.Clock.Advance(TimeSpan.FromMinutes(6));
        Assert.Equal("token-1", await _service.GetTokenAsync(_fourMinutes));
        _service.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("token-1", await _service.GetTokenAsync());
        Assert.Equal("token-2", await _service.GetTokenAsync(_fourMinutes));

        // Both kinds of requests share the token.
        Assert.Equal("token-2", await _service.GetTokenAsync());
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Client_with_a_minimum_gets_a_new_token_in_place_of_one_with_less_time_left()
    {
        await UseAsync(CreateService(options => options.MinimumRemainingLifetime = TimeSpan.FromMinutes(4)));
        await _service.CallApiAsync();

        _service.Clock.Advance(TimeSpan.FromMinutes(6) + TimeSpan.FromSeconds(1));
        await _service.CallApiAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Clients_with_different_minimums_share_a_token()
    {
        await UseAsync(CreateService(services: services => services.AddCognitoM2MClient("strict", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = StubbedService.Secret;
            options.Scopes = ["orders/read"];
            options.MinimumRemainingLifetime = TimeSpan.FromMinutes(4);
        })));

        await _service.GetTokenAsync();
        Assert.Equal("token-1", (await _service.Provider.GetTokenAsync("strict")).Value);
        _service.Clock.Advance(TimeSpan.FromMinutes(6.5));
        Assert.Equal("token-1", await _service.GetTokenAsync());
        Assert.Equal("token-2", (await _service.Provider.GetTokenAsync("strict")).Value);
        Assert.Equal("token-2", await _service.GetTokenAsync());
    }

    // With half of the lifetime as the minimum, a token is used for its first half: two requests per lifetime.
    [Fact]
    public async Task Minimum_counts_as_half_of_the_lifetime_at_most()
    {
        const int Minutes = 60;
        for (var call = 0; call < Minutes * 10; call++)
        {
            var token = await _service.Provider.GetTokenAsync("orders", _hour);
            Assert.True(token.ExpiresAt - _service.Clock.GetUtcNow() >= TimeSpan.FromMinutes(5));
            await _service.WaitForFetchAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.InRange(_service.TokenRequests, Minutes / 5 - 1, Minutes / 5);
    }

    [Fact]
    public async Task Calls_with_one_minimum_share_one_renewal()
    {
        await _service.GetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromMinutes(7));
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;

        var calls = Enumerable.Range(0, 50).Select(_ => _service.GetTokenAsync(_fourMinutes)).ToList();
        Assert.Equal("token-1", await _service.GetTokenAsync());
        answer.SetResult(StubbedResponse.CreateToken("token-2"));

        Assert.All(await Task.WhenAll(calls), token => Assert.Equal("token-2", token));
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Token_with_less_time_left_is_used_while_cognito_is_down()
    {
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        _service.Clock.Advance(TimeSpan.FromMinutes(7));

        for (var call = 0; call < 20; call++)
            Assert.Equal("token-1", await _service.GetTokenAsync(_fourMinutes));

        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Token_with_less_time_left_is_used_when_the_endpoint_hangs()
    {
        await _service.GetTokenAsync();
        var asked = new TaskCompletionSource();
        _service.OnTokenRequest = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
        _service.Clock.Advance(TimeSpan.FromMinutes(7));

        var call = _service.GetTokenAsync(_fourMinutes);
        await asked.Task;

        Assert.Equal("token-1", await _service.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(43_201)]
    public void Minimum_of_a_request_is_checked(int seconds) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new CognitoTokenRequest { MinimumRemainingLifetime = TimeSpan.FromSeconds(seconds) });

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static StubbedService CreateService(Action<CognitoM2MClientOptions>? configure = null, Action<IServiceCollection>? services = null) =>
        new(configure, services) { OnTokenRequest = (n, _) => Task.FromResult(StubbedResponse.CreateToken($"token-{n}", expiresIn: 600)) };

    private async Task UseAsync(StubbedService service)
    {
        await _service.DisposeAsync();
        _service = service;
    }
}
