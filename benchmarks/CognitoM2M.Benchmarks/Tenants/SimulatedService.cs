using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Time;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Benchmarks.Tenants;

/// <summary>A service in simulated time that has one client per tenant. Any tenant name is a client.</summary>
internal sealed class SimulatedService : IDisposable
{
    private readonly TenantCognito _cognito;
    private readonly ServiceProvider _services;
    private readonly ICognitoTokenProvider _provider;

    public SimulatedService(TimeSpan tokenLifetime)
    {
        _cognito = new TenantCognito(tokenLifetime);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Loop);
        services.AddSingleton<IBackgroundWork>(new LoopWork(Loop));
        services.AddCognitoM2MTokenProvider();
        services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>, TenantOptions>();
        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => _cognito);
        _services = services.BuildServiceProvider();
        _provider = _services.GetRequiredService<ICognitoTokenProvider>();
    }

    public EventLoop Loop { get; } = new();

    public int TokenRequests => _cognito.Requests;

    /// <summary>Gets a token for each tenant, all at the same time.</summary>
    /// <param name="tenants">The names of the tenants.</param>
    /// <param name="readsValues">Whether the token is read as a text too, and not only as a header.</param>
    /// <param name="requests">The token requests of each tenant; empty for one usual request.</param>
    public void Call(IEnumerable<string> tenants, bool readsValues = false, params IEnumerable<CognitoTokenRequest?> requests)
    {
        var wanted = requests.DefaultIfEmpty();
        var calls = tenants.SelectMany(tenant => wanted.Select(request => _provider.GetTokenAsync(tenant, request).AsTask())).ToList();
        Loop.RunUntil(Loop.Now + TimeSpan.FromSeconds(1));
        foreach (var token in Task.WhenAll(calls).GetAwaiter().GetResult())
        {
            if (readsValues)
                _ = token.Value;
        }
    }

    public void Dispose()
    {
        _services.Dispose();
        _cognito.Dispose();
    }

    private sealed class LoopWork(EventLoop loop) : IBackgroundWork
    {
        public void Start(Func<Task> work) => loop.Post(TimeSpan.Zero, () => _ = work());
    }

    /// <summary>Provides the settings of each tenant by name, as a service does that reads its tenants from a database.</summary>
    private sealed class TenantOptions : IConfigureNamedOptions<CognitoM2MClientOptions>
    {
        public void Configure(CognitoM2MClientOptions options) => Configure("", options);

        public void Configure(string? name, CognitoM2MClientOptions options)
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = $"id{name?.Replace("-", "", StringComparison.Ordinal)}";
            options.ClientSecret = $"a-secret-as-long-as-those-of-cognito-are-for-{name}";
            options.Scopes = ["orders/read", "orders/write"];
            // All tenants start at the same moment, and are not to wait for each other.
            options.MaxTokenRequestsPerSecond = 100_000;
            options.BaseAddress = new Uri("https://api.example.com/");
        }
    }
}
