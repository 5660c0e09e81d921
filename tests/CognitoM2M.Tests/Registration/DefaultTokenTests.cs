using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Registration;

/// <summary>A token on all HttpClients (<c>ConfigureHttpClientDefaults</c>): what restricts it, how one client opts out, and what it means for the source of a secret.</summary>
public sealed class DefaultTokenTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task One_client_can_opt_out_in_either_order_of_registration(bool optOutFirst)
    {
        await using var service = new StubbedService(
            options => (options.BaseAddress, options.AllowAnyHost) = (null, true),
            services =>
            {
                if (optOutFirst)
                    AddVault(services).RemoveCognitoM2MToken();
                services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
                if (!optOutFirst)
                    AddVault(services).RemoveCognitoM2MToken();
                AddEcho(services, "other");
            });

        Assert.Equal("none", await CallAsync(service, "vault"));
        Assert.Equal("Bearer token-1", await CallAsync(service, "other"));
    }

    [Fact]
    public async Task Last_call_on_one_client_counts()
    {
        await using var service = new StubbedService(
            options => (options.BaseAddress, options.AllowAnyHost) = (null, true),
            services =>
            {
                AddEcho(services, "without").AddCognitoM2MToken("orders").RemoveCognitoM2MToken();
                AddEcho(services, "with").RemoveCognitoM2MToken().AddCognitoM2MToken("orders");
            });

        Assert.Equal("none", await CallAsync(service, "without"));
        Assert.Equal("Bearer token-1", await CallAsync(service, "with"));
    }

    [Fact]
    public async Task Unrestricted_token_on_all_clients_is_an_error_at_start()
    {
        using var host = CreateHost(_ => { }, isForAll: true);

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains("Set BaseAddress or AllowedHosts", failure.Message, StringComparison.Ordinal);
        Assert.Contains("AllowAnyHost", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Restriction_or_written_consent_lets_the_host_start()
    {
        Action<CognitoM2MClientOptions>[] sufficient =
        [
            options => options.BaseAddress = new Uri("https://api.example.com"),
            options => options.AllowedHosts = ["api.example.com"],
            options => options.AllowAnyHost = true,
        ];
        foreach (var configure in sufficient)
        {
            using var log = new LogRecorder();
            using var host = CreateHost(configure, isForAll: true, log);

            await host.StartAsync();

            Assert.Empty(log.Find(LogLevel.Warning));
        }
    }

    [Fact]
    public async Task Restriction_cannot_be_taken_away_by_a_reload()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["orders:Domain"] = "acme-m2m",
            ["orders:Region"] = "eu-west-1",
            ["orders:ClientId"] = "abc123",
            ["orders:ClientSecret"] = StubbedService.Secret,
            ["orders:BaseAddress"] = "https://api.example.com/",
        }).Build();
        await using var service = new StubbedService(
            options => options.BaseAddress = null,
            services => services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"))
                .AddCognitoM2MClient("orders", configuration.GetSection("orders")));
        var client = service.Clients.GetClient("orders");

        configuration["orders:BaseAddress"] = null;
        configuration.Reload();

        Assert.Equal("https://api.example.com/", client.Current.Settings.BaseAddress!.AbsoluteUri);
    }

    [Fact]
    public async Task Unrestricted_token_on_single_clients_is_warned_of_once_at_start()
    {
        using var log = new LogRecorder();
        using var host = CreateHost(_ => { }, isForAll: false, log, services => services.AddHttpClient("reports").AddCognitoM2MToken("orders"));

        await host.StartAsync();

        Assert.Contains("Client orders: its token is sent to every https address", Assert.Single(log.Find(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public void Consent_to_any_host_contradicts_a_restriction()
    {
        var failure = Assert.Throws<OptionsValidationException>(() => new CognitoM2MClient(new CognitoM2MClientOptions
        {
            Domain = "acme-m2m",
            Region = "eu-west-1",
            ClientId = "abc123",
            ClientSecret = StubbedService.Secret,
            AllowedHosts = ["api.example.com"],
            AllowAnyHost = true,
        }));

        Assert.Contains("AllowAnyHost is true, but", failure.Message, StringComparison.Ordinal);
    }

    private static IHttpClientBuilder AddVault(IServiceCollection services) => AddEcho(services, "vault");

    private static IHttpClientBuilder AddEcho(IServiceCollection services, string name) =>
        services.AddHttpClient(name).ConfigurePrimaryHttpMessageHandler(() => new EchoHandler());

    private static async Task<string> CallAsync(StubbedService service, string name)
    {
        using var http = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name);
        return await http.GetStringAsync(new Uri("https://vault.example.com/"));
    }

    private static IHost CreateHost(
        Action<CognitoM2MClientOptions> configure, bool isForAll, LogRecorder? log = null, Action<IServiceCollection>? register = null)
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(services =>
        {
            if (log is not null)
                services.AddLogging(logging => logging.AddProvider(log));
            services.AddCognitoM2MClient("orders", options =>
            {
                options.Domain = "acme-m2m";
                options.Region = "eu-west-1";
                options.ClientId = "abc123";
                options.ClientSecret = StubbedService.Secret;
                configure(options);
            });
            if (isForAll)
                services.ConfigureHttpClientDefaults(defaults => defaults.AddCognitoM2MToken("orders"));
            register?.Invoke(services);
        });
        return builder.Build();
    }
}
