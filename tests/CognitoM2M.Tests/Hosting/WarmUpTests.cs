using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Tests.Hosting;

/// <summary>Tokens that are fetched while the host starts.</summary>
public sealed class WarmUpTests
{
    [Theory]
    [InlineData(CognitoWarmUp.None, 0)]
    [InlineData(CognitoWarmUp.BestEffort, 1)]
    [InlineData(CognitoWarmUp.Required, 1)]
    public async Task Warm_up_gets_a_token_before_the_host_has_started(CognitoWarmUp warmUp, int requests)
    {
        await using var service = new StubbedService(options => options.WarmUp = warmUp);

        await StartAsync(service);

        Assert.Equal(requests, service.TokenRequests);
        Assert.Equal(requests == 1, service.Provider.GetTokenAsync("orders").IsCompletedSuccessfully);
    }

    [Fact]
    public async Task Failed_best_effort_warm_up_does_not_stop_the_host()
    {
        await using var service = new StubbedService(options => options.WarmUp = CognitoWarmUp.BestEffort);
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await StartAsync(service);

        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Hanging_best_effort_warm_up_does_not_block_the_host()
    {
        await using var service = new StubbedService(options => options.WarmUp = CognitoWarmUp.BestEffort);
        service.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;

        await service.Clock.RunAsync(StartAsync(service), skip: TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task Host_does_not_start_if_a_required_warm_up_fails()
    {
        await using var service = new StubbedService(options => options.WarmUp = CognitoWarmUp.Required);
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => StartAsync(service));

        Assert.Equal("invalid_client", failure.Error);
    }

    // A host starts its services like this.
    private static async Task<bool> StartAsync(StubbedService service)
    {
        foreach (var hosted in service.Services.GetServices<IHostedService>())
            await ((IHostedLifecycleService)hosted).StartingAsync(CancellationToken.None);
        foreach (var hosted in service.Services.GetServices<IHostedService>())
            await hosted.StartAsync(CancellationToken.None);
        return true;
    }
}
