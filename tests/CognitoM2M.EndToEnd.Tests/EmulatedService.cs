using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A calling service, the emulator and an API, each behind real sockets on loopback.</summary>
internal sealed class EmulatedService : IAsyncDisposable
{
    private readonly WebApplication _api;
    private readonly ServiceProvider _services;

    private EmulatedService(CognitoEmulator cognito, EmulatedAppClient appClient, CognitoTokenRoute route, WebApplication api, Action<IServiceCollection>? services)
    {
        Cognito = cognito;
        AppClient = appClient;
        _api = api;

        var collection = new ServiceCollection();
        collection.AddCognitoM2MClient("orders", options =>
        {
            options.Route = route;
            options.TokenEndpoint = route == CognitoTokenRoute.OAuth2 ? cognito.TokenEndpoint : cognito.BaseAddress;
            options.ClientId = appClient.ClientId;
            options.ClientSecret = appClient.ClientSecret;
            options.BaseAddress = ApiAddress;
        });
        services?.Invoke(collection);
        _services = collection.BuildServiceProvider();
    }

    public CognitoEmulator Cognito { get; }

    public EmulatedAppClient AppClient { get; }

    public EmulatedUserPool Pool => Cognito.UserPools[0];

    /// <summary>What the API answers; 200 by default.</summary>
    public Func<HttpContext, Task> OnCall { get; set; } = _ => Task.CompletedTask;

    /// <summary>The Authorization header of each call that reached the API.</summary>
    public ConcurrentQueue<string> Calls { get; } = new();

    public Uri ApiAddress => new(_api.Urls.Single());

    public ICognitoTokenProvider Provider => _services.GetRequiredService<ICognitoTokenProvider>();

    public static async Task<EmulatedService> StartAsync(
        CognitoTokenRoute route = CognitoTokenRoute.OAuth2, Action<EmulatedAppClient>? appClient = null, Action<IServiceCollection>? services = null)
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read", "write");
        var client = pool.CreateAppClient("caller", "orders/read", "orders/write");
        appClient?.Invoke(client);

        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var api = builder.Build();
        EmulatedService? service = null;
        api.Run(context =>
        {
            service!.Calls.Enqueue(context.Request.Headers.Authorization.ToString());
            return service.OnCall(context);
        });
        await api.StartAsync();
        return service = new EmulatedService(cognito, client, route, api, services);
    }

    public HttpClient CreateClient(string name = "orders") => _services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _api.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
