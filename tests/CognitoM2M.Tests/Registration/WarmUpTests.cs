using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Tests.Registration;

public sealed class WarmUpTests
{
    [Theory]
    [InlineData(CognitoWarmUp.None, 0)]
    [InlineData(CognitoWarmUp.BestEffort, 1)]
    [InlineData(CognitoWarmUp.Required, 1)]
    public async Task Token_is_there_when_the_host_has_started_if_that_was_asked_for(CognitoWarmUp warmUp, int requests)
    {
        await using var world = new World(options => options.WarmUp = warmUp);

        await StartAsync(world);

        Assert.Equal(requests, world.TokenRequests);
        Assert.Equal(requests == 1, world.Provider.GetTokenAsync("orders").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Failing_warm_up_does_not_stop_the_host()
    {
        await using var world = new World(options => options.WarmUp = CognitoWarmUp.BestEffort);
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await StartAsync(world);

        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public async Task Hanging_warm_up_does_not_hold_the_host_up_for_long()
    {
        await using var world = new World(options => options.WarmUp = CognitoWarmUp.BestEffort);
        world.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;

        await world.Clock.RunAsync(StartAsync(world), skip: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Required_warm_up_that_fails_stops_the_host()
    {
        await using var world = new World(options => options.WarmUp = CognitoWarmUp.Required);
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => StartAsync(world));

        Assert.Equal("invalid_client", failure.Error);
    }

    // What a host does with its services.
    private static async Task<bool> StartAsync(World world)
    {
        foreach (var service in world.Services.GetServices<IHostedService>())
            await service.StartAsync(CancellationToken.None);
        return true;
    }
}
