using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Settings;

/// <summary>All mistakes in the settings are reported together when the host starts, each with its client and property.</summary>
public sealed class OptionsValidationTests
{
    [Fact]
    public async Task Every_mistake_is_reported_when_the_host_starts()
    {
        using var host = CreateHost(services => services.AddCognitoM2MClient("orders", options =>
        {
            options.Domain = "Acme_M2M";
            options.Region = "EU (Ireland)";
            options.ClientSecret = "line\nbreak";
            options.Scopes = ["orders/read orders/write"];
            options.BaseAddress = new Uri("http://api.example.com");
            options.AllowedHosts = ["https://x"];
            options.AttemptTimeout = TimeSpan.Zero;
            options.FirstFetchAttempts = 0;
            options.MaxTokenRequestsPerSecond = 0;
            options.MinimumRemainingLifetime = TimeSpan.FromHours(13);
        }));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        string[] expected =
        [
            "Domain 'Acme_M2M'", "Region 'EU (Ireland)'", "ClientId is missing", "ClientSecret has", "Scopes: 'orders/read orders/write'",
            "BaseAddress must use https", "AllowedHosts: 'https://x'", "AttemptTimeout", "MinimumRemainingLifetime must be between 0 and 12 hours", "FirstFetchAttempts", "MaxTokenRequestsPerSecond must be between 1 and 100,000",
        ];
        Assert.All(expected, mistake => Assert.Contains(failure.Failures, text => text.Contains(mistake, StringComparison.Ordinal)));
        Assert.Equal(expected.Length, failure.Failures.Count());
        Assert.All(failure.Failures, text => Assert.StartsWith("Client 'orders': ", text, StringComparison.Ordinal));
        Assert.DoesNotContain("line\nbreak", failure.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mistakes_in_a_configuration_section_are_reported_together_with_missing_settings()
    {
        var section = CreateSection(new()
        {
            ["ClientSecert"] = "x",
            ["Route"] = "SAML",
            ["TokenEndpoint"] = "not an address",
            ["AttemptTimeout"] = "soon",
            ["FirstFetchAttempts"] = "many",
            ["UseFips"] = "perhaps",
        });
        using var host = CreateHost(services => services.AddCognitoM2MClient("orders", section));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.All(
            ["CognitoM2M:Clients:orders:ClientSecert' is not a setting of an app client", "Route' must be one of OAuth2, GetClientToken, UserPassword", "TokenEndpoint' must be an absolute", "AttemptTimeout' must be a time span",
                "FirstFetchAttempts' must be a whole number", "UseFips' must be true or false", "ClientId is missing", "ClientSecret is missing"],
            mistake => Assert.Contains(failure.Failures, text => text.Contains(mistake, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("BaseAddress", "", "BaseAddress' is empty")]
    [InlineData("BaseAddress", " ", "BaseAddress' is empty")]
    [InlineData("AllowedHosts", "", "AllowedHosts' is empty")]
    [InlineData("AllowedHosts", " , ", "AllowedHosts' is empty")]
    [InlineData("Scopes", " , ", "Scopes' is empty")]
    [InlineData("Route", "OAuth2,GetClientToken", "Route' must be one of")]
    [InlineData("Route", "1", "Route' must be one of")]
    [InlineData("ClientMetadata:tenant:id", "7", "ClientMetadata:tenant' must be one value")]
    [InlineData("BaseAddress:0", "https://api.example.com", "BaseAddress' must be one value")]
    [InlineData("ClientMetadata", "tenant=7", "ClientMetadata' must be an object")]
    public async Task Empty_or_malformed_setting_is_reported(string key, string value, string named)
    {
        using var host = CreateHost(services => services.AddCognitoM2MClient("orders", CreateSection(new() { [key] = value })));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(failure.Failures, text => text.Contains(named, StringComparison.Ordinal) && text.Contains("'CognitoM2M:Clients:orders'", StringComparison.Ordinal));
    }

    [Fact]
    public void Client_cannot_have_the_name_of_the_client_that_fetches_tokens() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCognitoM2MClient(CognitoM2MDiagnostics.TokenHttpClientName, _ => { }));

    [Fact]
    public async Task Missing_section_is_reported_by_its_path()
    {
        using var host = CreateHost(services => services.AddCognitoM2MClient("orders", new ConfigurationBuilder().Build().GetSection("CognitoM2M:Clients:orders")));

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(failure.Failures, text => text.Contains("'CognitoM2M:Clients:orders' is missing or empty", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Section_can_hold_every_setting()
    {
        var section = CreateSection(new()
        {
            ["route"] = "oauth2",
            ["Domain"] = "acme-m2m",
            ["Region"] = "eu-west-1",
            ["ClientId"] = "abc123",
            ["ClientSecret"] = StubbedService.Secret,
            ["ClientAuthentication"] = "ClientSecretPost",
            ["Scopes"] = "orders/read orders/write",
            ["ClientMetadata:tenant"] = "7",
            ["BaseAddress"] = "https://api.example.com/v1/",
            ["AllowedHosts:0"] = "two.example.com:8443",
            ["AllowAnyHost"] = "false",
            ["AttemptTimeout"] = "00:00:05",
            ["FirstFetchAttempts"] = "2",
            ["ReplayAfterRejection"] = "false",
            ["MinimumRemainingLifetime"] = "00:01:00",
            ["MaxTokenRequestsPerSecond"] = "50",
            ["WarmUp"] = "None",
        });
        await using var services = new ServiceCollection().AddCognitoM2MClient("orders", section).Services.BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders");
        using var client = services.GetRequiredService<IHttpClientFactory>().CreateClient("orders");

        Assert.Equal(["orders/read", "orders/write"], options.Scopes);
        Assert.Equal("7", options.ClientMetadata["tenant"]);
        Assert.Equal(["two.example.com:8443"], options.AllowedHosts);
        Assert.Equal(CognitoClientAuthentication.ClientSecretPost, options.ClientAuthentication);
        Assert.Equal(TimeSpan.FromSeconds(5), options.AttemptTimeout);
        Assert.Equal(2, options.FirstFetchAttempts);
        Assert.False(options.ReplayAfterRejection);
        Assert.Equal(TimeSpan.FromMinutes(1), options.MinimumRemainingLifetime);
        Assert.Equal(50, options.MaxTokenRequestsPerSecond);
        Assert.Equal("https://api.example.com/v1/", client.BaseAddress!.AbsoluteUri);
    }

    [Theory]
    [InlineData("http://auth.example.com/oauth2/token", "https")]
    [InlineData("auth.example.com", "absolute")]
    [InlineData("ftp://auth.example.com/", "https")]
    [InlineData("https://user:pass@auth.example.com/oauth2/token", "user name")]
    public void Token_endpoint_must_be_an_absolute_https_address_without_a_user_name(string address, string named)
    {
        var failure = ValidateWith(options =>
        {
            options.Domain = null;
            options.TokenEndpoint = new Uri(address, UriKind.RelativeOrAbsolute);
        });

        Assert.Contains("TokenEndpoint", failure, StringComparison.Ordinal);
        Assert.Contains(named, failure, StringComparison.Ordinal);
    }

    [Fact]
    public void Contradicting_settings_are_refused()
    {
        Assert.Contains("to an empty text (\"\") in the file that is read last", ValidateWith(options => options.TokenEndpoint = new Uri(StubbedService.TokenEndpoint)), StringComparison.Ordinal);
        Assert.Contains("Remove one of them", ValidateWith(options => options.TokenEndpoint = new Uri(StubbedService.TokenEndpoint)), StringComparison.Ordinal);
        Assert.Contains("does not use a domain", ValidateWith(options => options.Route = CognitoTokenRoute.GetClientToken), StringComparison.Ordinal);
        Assert.Contains("Region is missing", ValidateWith(options => options.Region = null), StringComparison.Ordinal);
        Assert.Contains("is not known", ValidateWith(options => options.Region = "cn-north-1"), StringComparison.Ordinal);
        Assert.Contains("custom domain", ValidateWith(options => (options.Domain, options.UseFips) = ("auth.example.com", true)), StringComparison.Ordinal);
        Assert.Contains("without scheme", ValidateWith(options => options.Domain = "https://auth.example.com/oauth2"), StringComparison.Ordinal);
    }

    [Fact]
    public void Error_for_a_registered_client_without_settings_names_the_missing_settings()
    {
        using var services = new ServiceCollection().AddCognitoM2MClient("orders", _ => { }).Services.BuildServiceProvider();

        var failure = Assert.Throws<OptionsValidationException>(() => services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders"));

        Assert.All(["ClientId is missing", "ClientSecret is missing", "Domain is missing"], text => Assert.Contains(text, failure.Message, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Mistakes_of_all_clients_are_reported_together()
    {
        using var host = CreateHost(services =>
        {
            services.AddCognitoM2MClient("orders", _ => { });
            services.AddCognitoM2MClient("billing", _ => { });
        });

        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());

        Assert.Contains(failure.Failures, text => text.StartsWith("Client 'orders'", StringComparison.Ordinal));
        Assert.Contains(failure.Failures, text => text.StartsWith("Client 'billing'", StringComparison.Ordinal));
    }

    private static string ValidateWith(Action<CognitoM2MClientOptions> change)
    {
        using var services = new ServiceCollection().AddCognitoM2MClient("orders", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = StubbedService.Secret;
            change(options);
        }).Services.BuildServiceProvider();

        return Assert.Throws<OptionsValidationException>(
            () => services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders")).Message;
    }

    private static IHost CreateHost(Action<IServiceCollection> configure)
    {
        var builder = new HostBuilder();
        builder.ConfigureServices(configure);
        return builder.Build();
    }

    private static IConfigurationSection CreateSection(Dictionary<string, string?> settings) =>
        new ConfigurationBuilder()
            .AddInMemoryCollection(settings.Select(pair => KeyValuePair.Create($"CognitoM2M:Clients:orders:{pair.Key}", pair.Value)))
            .Build()
            .GetSection("CognitoM2M:Clients:orders");
}
