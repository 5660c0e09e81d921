using System.Net;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Shop.Api;
using Shop.Worker;

namespace Shop.Run;

/// <summary>The emulator, the API and the worker. Each listens on a free port of loopback; the worker has no port.</summary>
internal sealed class RunningShop : IAsyncDisposable
{
    private RunningShop(CognitoEmulator cognito, WebApplication api, IHost worker, Hiccup hiccup) =>
        (Cognito, Api, Worker, Hiccup) = (cognito, api, worker, hiccup);

    public CognitoEmulator Cognito { get; }

    public WebApplication Api { get; }

    public IHost Worker { get; }

    /// <summary>Lets the API fail once.</summary>
    public Hiccup Hiccup { get; }

    public Uri ApiAddress => new(Api.Urls.Single());

    public OrderBook Orders => Api.Services.GetRequiredService<OrderBook>();

    /// <summary>Starts the emulator and the API. The worker is ready, and not started.</summary>
    public static async Task<RunningShop> StartAsync()
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("shop", new EmulatedUserPoolOptions { Id = "eu-west-1_LocalDev1" });
        pool.CreateResourceServer("orders", "read", "write");
        var client = pool.CreateAppClient("worker", "orders/read", "orders/write");

        var hiccup = new Hiccup();
        var api = BuildApi(pool, client, hiccup);
        await api.StartAsync();

        return new RunningShop(cognito, api, BuildWorker(cognito, client, new Uri(api.Urls.Single())), hiccup);
    }

    public async ValueTask DisposeAsync()
    {
        await Worker.StopAsync();
        await ((IAsyncDisposable)Worker).DisposeAsync();
        await Api.DisposeAsync();
        await Cognito.DisposeAsync();
    }

    private static WebApplication BuildApi(EmulatedUserPool pool, EmulatedAppClient client, Hiccup hiccup)
    {
        var builder = WebApplication.CreateBuilder();
        UseSettings(builder, new()
        {
            ["Authentication:Schemes:CognitoM2M:UserPoolId"] = pool.Id,
            ["Authentication:Schemes:CognitoM2M:ClientIds"] = client.ClientId,
            ["Authentication:Schemes:CognitoM2M:JwksUri"] = pool.JwksUri.AbsoluteUri,
        });
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddSingleton<IStartupFilter>(hiccup);
        return OrdersApi.Build(builder);
    }

    private static IHost BuildWorker(CognitoEmulator cognito, EmulatedAppClient client, Uri api)
    {
        var builder = Host.CreateApplicationBuilder();
        UseSettings(builder, new()
        {
            ["CognitoM2M:Clients:worker:TokenEndpoint"] = cognito.TokenEndpoint.AbsoluteUri,
            ["CognitoM2M:Clients:worker:ClientId"] = client.ClientId,
            ["CognitoM2M:Clients:worker:ClientSecret"] = client.ClientSecret,
            ["CognitoM2M:Clients:worker:Scopes"] = "orders/read orders/write",
            ["CognitoM2M:Clients:worker:BaseAddress"] = api.AbsoluteUri,
        });
        OrderWorker.Add(builder);
        return builder.Build();
    }

    // Only these settings: files of the current folder and variables of the shell belong to other programs.
    private static void UseSettings(IHostApplicationBuilder builder, Dictionary<string, string?> settings)
    {
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders()
            .AddSimpleConsole(console => console.SingleLine = true)
            .SetMinimumLevel(LogLevel.Warning)
            .AddFilter("Shop", LogLevel.Information)
            .AddFilter("CognitoM2M", LogLevel.Debug)
            .AddFilter("CognitoM2M.AspNetCore", LogLevel.Information);
    }
}
