using CognitoM2M.Emulator;
using CognitoM2M.Neighbours.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace CognitoM2M.Neighbours.Tests;

/// <summary>Tests of users move time with Microsoft's FakeTimeProvider.</summary>
public sealed class FakeTimeProviderTests
{
    [Fact]
    public async Task Token_is_renewed_when_the_clock_passes_its_end()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(clock);
        var first = await service.Provider.GetTokenAsync("orders");

        clock.Advance(TimeSpan.FromHours(2));
        var second = await service.Provider.GetTokenAsync("orders");

        Assert.NotEqual(first.Value, second.Value);
        Assert.True(second.ExpiresAt > clock.GetUtcNow());
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Wall_clock_that_is_set_ahead_costs_one_request()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(clock);
        await service.Provider.GetTokenAsync("orders");

        clock.AdjustTime(clock.GetUtcNow() + TimeSpan.FromHours(10));
        var tokens = new List<CognitoAccessToken>();
        for (var i = 0; i < 20; i++)
            tokens.Add(await service.Provider.GetTokenAsync("orders"));

        Assert.All(tokens, token => Assert.True(token.ExpiresAt > clock.GetUtcNow()));
        Assert.Equal(2, service.TokenRequests);
    }

    [Fact]
    public async Task Clock_that_is_set_back_costs_no_request_and_holds_up_none()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(clock);
        var first = await service.Provider.GetTokenAsync("orders");

        clock.AdjustTime(clock.GetUtcNow() - TimeSpan.FromHours(10));

        Assert.Equal(first.Value, (await service.Provider.GetTokenAsync("orders")).Value);
        // Another token is fetched at once.
        var other = await service.Provider.GetTokenAsync("orders", new CognitoTokenRequest { Scopes = ["orders/read"] }).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.True(other.ExpiresAt > clock.GetUtcNow());
        // The token ends when its lifetime has passed.
        clock.Advance(TimeSpan.FromHours(2));
        Assert.NotEqual(first.Value, (await service.Provider.GetTokenAsync("orders")).Value);
        Assert.Equal(3, service.TokenRequests);
    }

    [Fact]
    public async Task Cognito_is_asked_again_when_the_clock_passes_the_pause()
    {
        var clock = new FakeTimeProvider();
        await using var service = await StartAsync(clock);
        service.Cognito.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.Status(503) with { Times = 1 });
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await service.Provider.GetTokenAsync("orders"));

        clock.Advance(failure.RetryAfter!.Value);

        await service.Provider.GetTokenAsync("orders");
        Assert.Equal(2, service.TokenRequests);
    }

    private static Task<CallingService> StartAsync(FakeTimeProvider clock) => CallingService.StartAsync((builder, _) =>
    {
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddCognitoM2MClients(builder.Configuration);
        builder.Services.Configure<CognitoM2MClientOptions>("orders", options => options.FirstFetchAttempts = 1);
    });
}
