using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Registration;

/// <summary>Clients come from the section <c>CognitoM2M:Clients</c>, one child section per client.</summary>
public sealed class ConfigurationSectionTests
{
    [Theory]
    [InlineData("Domain")]
    [InlineData("TokenEndpoint")]
    public void Configuration_file_can_remove_a_setting_of_a_less_specific_file(string taken)
    {
        Dictionary<string, string?> settings = new()
        {
            ["CognitoM2M:Clients:orders:Domain"] = "acme-m2m",
            ["CognitoM2M:Clients:orders:Region"] = "eu-west-1",
            ["CognitoM2M:Clients:orders:TokenEndpoint"] = "http://localhost:9229/oauth2/token",
            ["CognitoM2M:Clients:orders:ClientId"] = "abc123",
            ["CognitoM2M:Clients:orders:ClientSecret"] = StubbedService.Secret,
        };
        var configuration = new ConfigurationBuilder()
            .AddInMemoryCollection(settings)
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>($"CognitoM2M:Clients:orders:{taken}", "")])
            .Build();
        using var services = new ServiceCollection().AddCognitoM2MClients(configuration).BuildServiceProvider();

        var options = services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders");

        Assert.Equal(taken == "Domain", options.TokenEndpoint is not null);
        Assert.Equal(taken == "TokenEndpoint", options.Domain is not null);
    }

    [Fact]
    public void Every_client_of_the_section_is_registered_with_its_own_settings()
    {
        using var services = Build(services => services.AddCognitoM2MClients(Configure("CognitoM2M:Clients:", "orders", "billing")));

        var options = services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>();
        Assert.Equal("ordersid", options.Get("orders").ClientId);
        Assert.Equal("billingid", options.Get("billing").ClientId);
        using var http = services.GetRequiredService<IHttpClientFactory>().CreateClient("billing");
        Assert.Equal("https://billing.example.com/", http.BaseAddress!.AbsoluteUri);
    }

    [Fact]
    public void Section_of_the_clients_can_be_passed()
    {
        var section = Configure("CognitoM2M:Clients:", "orders").GetSection("CognitoM2M:Clients");

        using var services = Build(services => services.AddCognitoM2MClients(section));

        Assert.Equal("ordersid", services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders").ClientId);
    }

    [Fact]
    public void Section_without_a_client_is_an_error_that_names_the_section()
    {
        var error = Assert.Throws<ArgumentException>(() => new ServiceCollection().AddCognitoM2MClients(Configure("CognitoM2M:", "orders")));

        Assert.Contains("'CognitoM2M:Clients' holds no client", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_client_can_be_configured_further()
    {
        var names = new List<string>();

        using var services = Build(services => services.AddCognitoM2MClients(
            Configure("CognitoM2M:Clients:", "billing", "orders"), client => names.Add(client.Name)));

        Assert.Equal(["billing", "orders"], names);
    }

    [Fact]
    public void Empty_list_of_scopes_asks_for_every_allowed_scope()
    {
        var configuration = Configure("CognitoM2M:Clients:", "orders");
        configuration["CognitoM2M:Clients:orders:Scopes"] = "";

        using var services = Build(services => services.AddCognitoM2MClients(configuration));

        Assert.Empty(services.GetRequiredService<IOptionsMonitor<CognitoM2MClientOptions>>().Get("orders").Scopes);
    }

    [Fact]
    public async Task Exception_is_an_http_request_exception_without_a_status_code_of_the_api()
    {
        await using var service = new StubbedService();
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        var error = await Assert.ThrowsAnyAsync<HttpRequestException>(() => service.CallApiAsync());

        Assert.Null(error.StatusCode);
        var failure = Assert.IsType<CognitoTokenException>(error);
        Assert.Equal(HttpStatusCode.BadRequest, failure.TokenEndpointStatusCode);
        Assert.Equal(
            "No token for client 'orders': invalid_client (status 400). " + failure.Hint, failure.Message);
    }

    private static ServiceProvider Build(Action<IServiceCollection> register)
    {
        var services = new ServiceCollection();
        register(services);
        return services.BuildServiceProvider();
    }

    private static IConfigurationRoot Configure(string prefix, params string[] names)
    {
        var settings = new Dictionary<string, string?>();
        foreach (var name in names)
        {
            settings[$"{prefix}{name}:Domain"] = "acme-m2m";
            settings[$"{prefix}{name}:Region"] = "eu-west-1";
            settings[$"{prefix}{name}:ClientId"] = $"{name}id";
            settings[$"{prefix}{name}:ClientSecret"] = StubbedService.Secret;
            settings[$"{prefix}{name}:BaseAddress"] = $"https://{name}.example.com/";
        }

        return new ConfigurationBuilder().AddInMemoryCollection(settings).Build();
    }
}
