using CognitoM2M;
using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shop.Api;
using Shop.Worker;

namespace Shop.Tests;

/// <summary>The worker and the API together, in memory: the worker's calls end at the API without a socket.</summary>
public sealed class WorkerTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task Worker_places_orders_with_one_token()
    {
        using var timeout = new CancellationTokenSource(_limit);
        await using var cognito = await CognitoFixture.StartAsync();
        await using var api = CreateApi(cognito);
        using var worker = CreateWorker(cognito, api);

        await worker.StartAsync(timeout.Token);
        await api.Services.GetRequiredService<OrderBook>().WaitForAsync(2, timeout.Token);
        await worker.StopAsync(timeout.Token);

        Assert.Equal(1, cognito.Emulator.TokenRequests.Total);
    }

    [Fact]
    public async Task Worker_does_not_repeat_an_order_for_which_its_app_client_is_refused()
    {
        await using var cognito = await CognitoFixture.StartAsync();
        await using var api = CreateApi(cognito);
        using var worker = CreateWorker(cognito, api);
        cognito.Emulator.Faults.Set(EmulatorEndpoint.Token, EmulatorFault.OAuthError("invalid_client"));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => worker.Services.GetRequiredService<OrdersClient>().PlaceAsync("book", CancellationToken.None));

        Assert.Equal("invalid_client", failure.Error);
        Assert.Equal(1, cognito.Emulator.TokenRequests.Total);
        Assert.Empty(api.Services.GetRequiredService<OrderBook>().List());
    }

    private static WebApplicationFactory<Program> CreateApi(CognitoFixture cognito) =>
        new WebApplicationFactory<Program>().WithWebHostBuilder(host => host.ConfigureTestServices(services => services.UseCognito(cognito)));

    private static IHost CreateWorker(CognitoFixture cognito, WebApplicationFactory<Program> api)
    {
        // Starts the API, before several threads ask for it.
        var server = api.Server;
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CognitoM2M:Clients:worker:Domain"] = "shop-m2m",
            ["CognitoM2M:Clients:worker:Region"] = "eu-west-1",
            ["CognitoM2M:Clients:worker:ClientId"] = "worker",
            ["CognitoM2M:Clients:worker:Scopes"] = "orders/read orders/write",
            ["CognitoM2M:Clients:worker:BaseAddress"] = "http://localhost/",
        });
        OrderWorker.Add(builder);
        builder.Services.UseCognito(cognito);
        builder.Services.AddHttpClient("worker").ConfigurePrimaryHttpMessageHandler(server.CreateHandler);
        return builder.Build();
    }
}
