using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Tests.Registration;

/// <summary>An HttpClient opts out of a token, in whichever way the HttpClient or the token was registered.</summary>
public sealed class RemovedTokenTests
{
    private static readonly Dictionary<string, Func<IServiceCollection, IHttpClientBuilder>> _registrations = new(StringComparer.Ordinal)
    {
        ["type"] = services => services.AddHttpClient<Vault>(),
        ["type with a name"] = services => services.AddHttpClient<Vault>("vault"),
        ["type with a configuration"] = services => services.AddHttpClient<Vault>(http => http.Timeout = TimeSpan.FromSeconds(5)),
        ["type with a configuration that needs services"] = services => services.AddHttpClient<Vault>((_, http) => http.Timeout = TimeSpan.FromSeconds(5)),
        ["interface and type"] = services => services.AddHttpClient<IVault, Vault>(),
        ["interface and factory"] = services => services.AddHttpClient<IVault, Vault>(http => new Vault(http)),
        ["type that is added to a name"] = services => services.AddHttpClient("vault").AddTypedClient<Vault>(),
        ["interface that is added to a name"] = services => services.AddHttpClient("vault").AddTypedClient<IVault>(http => new Vault(http)),
        ["type that is added to an app client"] = services => services
            .AddCognitoM2MClient("vault", options => Fill(options, "vault1client")).AddTypedClient<Vault>(),
    };

    public static TheoryData<string, string, bool> Registrations
    {
        get
        {
            var data = new TheoryData<string, string, bool>();
            foreach (var registration in _registrations.Keys)
            {
                data.Add(registration, "default", true);
                data.Add(registration, "default", false);
                data.Add(registration, "own", true);
                data.Add(registration, "own with other scopes", true);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Registrations))]
    public async Task Typed_client_can_opt_out_of_the_token_of_the_defaults(string registration, string token, bool removedLast)
    {
        await using var service = CreateService(services =>
        {
            if (!removedLast)
                Register(services, registration).RemoveCognitoM2MToken();
            if (token == "default")
                services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
            else if (token == "own")
                Register(services, registration).AddCognitoM2MToken("orders");
            else
                Register(services, registration).AddCognitoM2MToken("orders", new CognitoTokenRequest { Scopes = ["orders/write"] });
            if (removedLast)
                Register(services, registration).RemoveCognitoM2MToken();
        });

        var vault = service.Services.GetService<IVault>() ?? service.Services.GetRequiredService<Vault>();

        Assert.Equal("none", await vault.ReadAsync());
    }

    [Fact]
    public async Task Registration_of_the_same_type_elsewhere_does_not_bring_the_token_back()
    {
        await using var service = CreateService(services =>
        {
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
            Register(services, "type").RemoveCognitoM2MToken();
            Register(services, "type");
        });

        Assert.Equal("none", await service.Services.GetRequiredService<Vault>().ReadAsync());
    }

    [Fact]
    public async Task Keyed_client_can_opt_out_of_the_token_of_the_defaults()
    {
        await using var service = CreateService(services =>
        {
            services.AddKeyedSingleton("other", new object());
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
            services.AddHttpClient("vault").ConfigurePrimaryHttpMessageHandler(() => new EchoHandler()).RemoveCognitoM2MToken().AddAsKeyed();
        });

        Assert.Equal("none", await new Vault(service.Services.GetRequiredKeyedService<HttpClient>("vault")).ReadAsync());
    }

    [Fact]
    public async Task Removal_for_all_clients_removes_the_default_token_and_keeps_the_token_of_a_single_client()
    {
        await using var service = CreateService(services =>
        {
            services.AddHttpClient("own").ConfigurePrimaryHttpMessageHandler(() => new EchoHandler()).AddCognitoM2MToken("orders");
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
            services.ConfigureHttpClientDefaults(builder => builder.RemoveCognitoM2MToken());
            Register(services, "type");
        });
        using var own = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("own");

        Assert.Equal("none", await service.Services.GetRequiredService<Vault>().ReadAsync());
        Assert.Equal("Bearer token-1", await new Vault(own).ReadAsync());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Token_that_was_removed_is_not_checked_at_start(bool isForAll)
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(services =>
        {
            services.AddCognitoM2MClient("orders", options =>
            {
                Fill(options, "abc123");
                options.AllowAnyHost = false;
            });
            if (isForAll)
            {
                // Without this removal the host would ask for a restriction of the token.
                services.ConfigureHttpClientDefaults(defaults => defaults.AddCognitoM2MToken("orders"));
                services.ConfigureHttpClientDefaults(defaults => defaults.RemoveCognitoM2MToken());
            }
            else
            {
                services.AddHttpClient<Vault>().AddCognitoM2MToken("nobody").RemoveCognitoM2MToken();
            }
        });
        using var host = builder.Build();

        await host.StartAsync();
        await host.StopAsync();
    }

    private static IHttpClientBuilder Register(IServiceCollection services, string registration) =>
        _registrations[registration](services).ConfigurePrimaryHttpMessageHandler(() => new EchoHandler());

    private static StubbedService CreateService(Action<IServiceCollection> register) =>
        new(options => (options.BaseAddress, options.AllowAnyHost) = (null, true), register);

    private static void Fill(CognitoM2MClientOptions options, string clientId) =>
        (options.Domain, options.Region, options.ClientId, options.ClientSecret, options.AllowAnyHost) = ("acme-m2m", "eu-west-1", clientId, StubbedService.Secret, true);

    private interface IVault
    {
        Task<string> ReadAsync();
    }

    private sealed class Vault(HttpClient http) : IVault
    {
        public Task<string> ReadAsync() => http.GetStringAsync(new Uri("https://vault.example.com/"));
    }

    /// <summary>Responds with the Authorization header of the request as text.</summary>
    private sealed class EchoHandler : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Headers.Authorization?.ToString() ?? "none") });
    }
}
