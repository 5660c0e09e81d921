using CognitoM2M.Emulator;
using CognitoM2M.Testing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Neighbours.Tests.Support;

/// <summary>A started host that calls <see cref="OrdersApi"/> with tokens of the emulator, in the composition of the test.</summary>
internal sealed class CallingService : IAsyncDisposable
{
    private readonly IHost _host;

    private CallingService(CognitoEmulator cognito, OrdersApi api, IHost host, LogRecorder log) => (Cognito, Api, _host, Log) = (cognito, api, host, log);

    public CognitoEmulator Cognito { get; }

    public OrdersApi Api { get; }

    /// <summary>Everything that the host logged, from Trace on.</summary>
    public LogRecorder Log { get; }

    public IServiceProvider Services => _host.Services;

    public ICognitoTokenProvider Provider => Services.GetRequiredService<ICognitoTokenProvider>();

    public int TokenRequests => Cognito.TokenRequests.Total;

    /// <summary>
    /// Starts the emulator, the API and the host. <c>CognitoM2M:Clients:orders</c> holds the settings of the app client; the test registers the
    /// client.
    /// </summary>
    public static async Task<CallingService> StartAsync(Action<IHostApplicationBuilder, OrdersApi> compose)
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("acme");
        pool.CreateResourceServer("orders", "read", "write");
        var client = pool.CreateAppClient("caller", "orders/read", "orders/write");
        var api = await OrdersApi.StartAsync();
        var log = new LogRecorder();

        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CognitoM2M:Clients:orders:TokenEndpoint"] = cognito.TokenEndpoint.AbsoluteUri,
            ["CognitoM2M:Clients:orders:ClientId"] = client.ClientId,
            ["CognitoM2M:Clients:orders:ClientSecret"] = client.ClientSecret,
            ["CognitoM2M:Clients:orders:BaseAddress"] = api.Address.AbsoluteUri,
        });
        compose(builder, api);

        var host = builder.Build();
        await host.StartAsync();
        return new CallingService(cognito, api, host, log);
    }

    public HttpClient CreateClient(string name = "orders") => Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        await ((IAsyncDisposable)_host).DisposeAsync();
        await Api.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
