using CognitoM2M.Emulator;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Soak;

/// <summary>An emulated Cognito, an API that verifies its tokens, and a service that calls it as two app clients.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>This one is configured right all the time.</summary>
    public const string Steady = "steady";

    /// <summary>This one's secret is wrong at times.</summary>
    public const string Misconfigured = "misconfigured";

    private const string WrongSecret = "not1the2secret3of4this5client";

    private static readonly TimeSpan _tokenLifetime = TimeSpan.FromSeconds(10);

    private readonly WebApplication _api;
    private readonly ServiceProvider _services;
    private readonly IConfigurationRoot _configuration;

    private World(CognitoEmulator cognito, WebApplication api, EmulatedAppClient steady, EmulatedAppClient misconfigured, Promises promises)
    {
        Cognito = cognito;
        _api = api;
        SteadyClient = steady;
        MisconfiguredClient = misconfigured;
        TokenRequests = new WatchedTokenRequests(promises);

        _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();
        foreach (var client in new[] { (Steady, steady), (Misconfigured, misconfigured) })
        {
            _configuration[$"{client.Item1}:TokenEndpoint"] = cognito.TokenEndpoint.ToString();
            _configuration[$"{client.Item1}:ClientId"] = client.Item2.ClientId;
            _configuration[$"{client.Item1}:ClientSecret"] = client.Item2.ClientSecret;
            _configuration[$"{client.Item1}:BaseAddress"] = api.Urls.Single();
            _configuration[$"{client.Item1}:AttemptTimeout"] = "00:00:01";
        }

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddCognitoM2MClient(Steady, _configuration.GetSection(Steady));
        services.AddCognitoM2MClient(Misconfigured, _configuration.GetSection(Misconfigured));
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => TokenRequests)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        _services = services.BuildServiceProvider();
    }

    public CognitoEmulator Cognito { get; }

    public EmulatedAppClient SteadyClient { get; }

    public EmulatedAppClient MisconfiguredClient { get; }

    public WatchedTokenRequests TokenRequests { get; }

    public JumpingClock Clock { get; } = new();

    /// <summary>Whether the API answers 401 to everybody.</summary>
    public bool ApiRejectsAll { get; set; }

    public static async Task<World> StartAsync(Promises promises)
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("soak");
        pool.CreateResourceServer("orders", "read");
        var steady = pool.CreateAppClient(Steady, "orders/read");
        var misconfigured = pool.CreateAppClient(Misconfigured, "orders/read");
        // Cognito's shortest are five minutes; thirty times as many renewals come this way.
        steady.AccessTokenValidity = misconfigured.AccessTokenValidity = _tokenLifetime;

        World? world = null;
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddAuthentication().AddCognitoM2M(options =>
        {
            options.UserPoolId = pool.Id;
            options.ClientIds = [steady.ClientId, misconfigured.ClientId];
            options.Verification.JwksUri = pool.JwksUri;
            options.Verification.ClockTolerance = TimeSpan.FromSeconds(1);
        });
        builder.Services.AddAuthorization();
        var api = builder.Build();
        api.MapGet("/orders", () => world!.ApiRejectsAll ? Results.StatusCode(StatusCodes.Status401Unauthorized) : Results.Text("[]"))
            .RequireCognitoScope("orders/read");
        await api.StartAsync();
        return world = new World(cognito, api, steady, misconfigured, promises);
    }

    public HttpClient CreateClient(string name) => _services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    /// <summary>Changes the configuration of the one client, as an operator does who mistypes, and then mends it.</summary>
    public void SetSecret(bool isRight)
    {
        _configuration[$"{Misconfigured}:ClientSecret"] = isRight ? MisconfiguredClient.ClientSecret : WrongSecret;
        _configuration.Reload();
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await _api.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
