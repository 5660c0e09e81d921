using CognitoM2M.Emulator;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Soak;

/// <summary>An emulated Cognito, an API that verifies its tokens, and a service that calls the API with two app clients.</summary>
internal sealed class World : IAsyncDisposable
{
    /// <summary>The app client whose configuration is always right.</summary>
    public const string Steady = "steady";

    /// <summary>The app client whose configured secret is sometimes wrong.</summary>
    public const string Misconfigured = "misconfigured";

    private const string WrongSecret = "not1the2secret3of4this5client";

    private static readonly TimeSpan _tokenLifetime = TimeSpan.FromSeconds(10);

    private readonly EmulatedUserPool _pool;
    private readonly Promises _promises;
    private readonly Dictionary<string, EmulatedAppClient> _appClients;
    private readonly ServiceProvider _services;
    private readonly JumpingClock _clock = new();
    private readonly IConfigurationRoot _configuration = new ConfigurationBuilder().AddInMemoryCollection().Build();

    private World(CognitoEmulator cognito, EmulatedUserPool pool, Dictionary<string, EmulatedAppClient> appClients, WatchedApi api, Promises promises)
    {
        Cognito = cognito;
        Api = api;
        TokenRequests = new WatchedTokenRequests(promises);
        _pool = pool;
        _promises = promises;
        _appClients = appClients;

        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(_clock);
        foreach (var (name, client) in appClients)
        {
            _configuration[$"{name}:TokenEndpoint"] = cognito.TokenEndpoint.ToString();
            _configuration[$"{name}:ClientId"] = client.ClientId;
            _configuration[$"{name}:ClientSecret"] = client.ClientSecret;
            _configuration[$"{name}:BaseAddress"] = api.Address;
            _configuration[$"{name}:AttemptTimeout"] = "00:00:01";
            services.AddCognitoM2MClient(name, _configuration.GetSection(name));
        }

        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => TokenRequests)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
        _services = services.BuildServiceProvider();
        Tokens = _services.GetRequiredService<ICognitoTokenProvider>();
    }

    public CognitoEmulator Cognito { get; }

    public WatchedApi Api { get; }

    public WatchedTokenRequests TokenRequests { get; }

    public ICognitoTokenProvider Tokens { get; }

    public static async Task<World> StartAsync(Promises promises)
    {
        var cognito = await CognitoEmulator.StartAsync();
        var pool = cognito.CreateUserPool("soak");
        pool.CreateResourceServer("orders", "read");
        var clients = new Dictionary<string, EmulatedAppClient>(StringComparer.Ordinal);
        foreach (var name in new[] { Steady, Misconfigured })
        {
            clients[name] = pool.CreateAppClient(name, "orders/read");
            // Cognito's shortest lifetime is five minutes. With ten seconds there are thirty times as many renewals.
            clients[name].AccessTokenValidity = _tokenLifetime;
        }

        var api = await WatchedApi.StartAsync(pool, clients.Values.Select(client => client.ClientId), promises);
        return new World(cognito, pool, clients, api, promises);
    }

    public HttpClient CreateClient(string name) => _services.GetRequiredService<IHttpClientFactory>().CreateClient(name);

    /// <summary>The watched cache entry of the client with its right secret.</summary>
    public WatchedEntry GetEntry(string name) => TokenRequests.GetEntry(_appClients[name].ClientId, _appClients[name].ClientSecret!);

    /// <summary>Sets the configured secret of one client, as an operator who mistypes the secret and later corrects it.</summary>
    public void SetSecret(bool isRight)
    {
        var client = _appClients[Misconfigured];
        var right = GetEntry(Misconfigured);
        var wrong = TokenRequests.GetEntry(client.ClientId, WrongSecret);
        (isRight ? wrong : right).Leave(_promises.Elapsed);
        (isRight ? right : wrong).StartAnew(_promises.Elapsed);
        _configuration[$"{Misconfigured}:ClientSecret"] = isRight ? client.ClientSecret : WrongSecret;
        _configuration.Reload();
    }

    /// <summary>Sets the wall clock this far from the right time. A clock that goes ahead ends all tokens: each entry fetches a new one.</summary>
    public void SetWallClock(TimeSpan offset)
    {
        var goesAhead = offset > _clock.Offset;
        if (goesAhead)
            TokenRequests.EndTokens(_promises.Elapsed);
        _clock.Offset = offset;
        // Again, for a request between the two lines: it was sent by the former wall clock.
        if (goesAhead)
            TokenRequests.EndTokens(_promises.Elapsed);
    }

    /// <summary>Rotates the signing key at the begin of the fault. The former key is withdrawn or stays published.</summary>
    public void RotateKey(bool isOn, bool withdraws)
    {
        if (!isOn)
            return;

        Api.NoteKeyChange();
        _pool.RotateSigningKey(withdrawOldKeys: withdraws);
    }

    public async ValueTask DisposeAsync()
    {
        await _services.DisposeAsync();
        await Api.DisposeAsync();
        await Cognito.DisposeAsync();
    }
}
