using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Registration;

/// <summary>Clients together with HttpClientFactory, and with what other code configures there.</summary>
public sealed class HttpClientFactoryTests
{
    [Fact]
    public async Task Token_handler_on_all_clients_is_not_added_to_the_client_that_fetches_tokens()
    {
        await using var service = new StubbedService(services: services =>
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders")));

        Assert.Equal(HttpStatusCode.OK, await service.CallApiAsync());

        Assert.Equal(["Bearer token-1"], service.ApiCalls);
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Registration_of_one_client_wins_over_the_token_handler_on_all_clients()
    {
        await using var service = new StubbedService(services: services =>
        {
            services.AddCognitoM2MClient("default", options =>
            {
                options.Domain = "acme-m2m";
                options.Region = "eu-west-1";
                options.ClientId = "default1client";
                options.ClientSecret = "default2secret";
                options.AllowAnyHost = true;
            });
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("default"));
        });

        await service.CallApiAsync();

        Assert.Equal([$"Bearer {await service.GetTokenAsync()}"], service.ApiCalls);
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Another_http_client_can_carry_a_token_with_other_scopes()
    {
        var asked = "";
        await using var service = new StubbedService(
            options => options.AllowedHosts = ["reports.example.com"],
            services => services.AddHttpClient("reports", http => http.BaseAddress = new Uri("https://reports.example.com"))
                .AddCognitoM2MToken("orders", new CognitoTokenRequest { Scopes = ["reports/read"] })
                .ConfigurePrimaryHttpMessageHandler(() => new EchoHandler()));
        service.OnTokenRequest = async (n, request) =>
        {
            asked = await request.Content!.ReadAsStringAsync();
            return StubbedResponse.CreateToken($"token-{n}");
        };
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("reports");

        using var response = await client.GetAsync(new Uri("monthly", UriKind.Relative));

        Assert.Equal("Bearer token-1", await response.Content.ReadAsStringAsync());
        Assert.Contains("scope=reports%2Fread", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Base_address_that_other_code_set_stays_if_the_options_have_none()
    {
        using var services = new ServiceCollection().AddHttpClient("orders", http => http.BaseAddress = new Uri("https://other-code.example")).Services
            .AddCognitoM2MClient("orders", options =>
            {
                options.Domain = "acme";
                options.Region = "eu-west-1";
                options.ClientId = "abc";
                options.ClientSecret = "secret1";
            }).Services.BuildServiceProvider();

        Assert.Equal("https://other-code.example/", services.GetRequiredService<IHttpClientFactory>().CreateClient("orders").BaseAddress!.AbsoluteUri);
    }

    [Fact]
    public void Token_handler_with_a_forced_refresh_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHttpClient("api").AddCognitoM2MToken("orders", new CognitoTokenRequest { ForceRefresh = true }));

    [Fact]
    public async Task Client_that_is_registered_twice_sends_one_token_per_call()
    {
        await using var service = new StubbedService(services: services =>
            services.AddCognitoM2MClient("orders", options => options.Scopes = ["orders/write"]).AddCognitoM2MToken("orders"));

        await service.CallApiAsync();

        Assert.Equal(["Bearer token-1"], service.ApiCalls);
    }

    [Fact]
    public async Task Clients_with_the_same_settings_share_one_token()
    {
        await using var service = new StubbedService(services: services => services.AddCognitoM2MClient("orders-copy", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = StubbedService.Secret;
            options.Scopes = ["orders/read"];
        }));

        Assert.Equal(await service.GetTokenAsync(), (await service.Provider.GetTokenAsync("orders-copy")).Value);
        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Clients_can_be_configured_by_name_at_run_time()
    {
        await using var service = new StubbedService(services: services => services.ConfigureOptions<Tenants>());

        var tokens = new List<string>();
        for (var tenant = 0; tenant < 5; tenant++)
        {
            tokens.Add((await service.Provider.GetTokenAsync($"tenant-{tenant}")).Value);
            await service.Provider.GetTokenAsync($"tenant-{tenant}");
        }

        Assert.Equal(5, tokens.Distinct().Count());
        Assert.Equal(5, service.TokenRequests);
    }

    [Fact]
    public async Task Client_without_a_container_gets_tokens_and_creates_handlers()
    {
        var requests = 0;
        using var cognito = new EchoHandler(() =>
        {
            requests++;
            return StubbedResponse.CreateToken("standalone");
        });
        using var orders = new CognitoM2MClient(
            new CognitoM2MClientOptions { Domain = "acme", Region = "eu-west-1", ClientId = "abc", ClientSecret = "secret1" },
            tokenEndpointHandler: cognito);
        using var http = new HttpClient(orders.CreateHandler(new EchoHandler()));

        using var response = await http.GetAsync(new Uri("https://api.example.com/"));

        Assert.Equal("Bearer standalone", await response.Content.ReadAsStringAsync());
        Assert.Equal("standalone", (await orders.GetTokenAsync()).Value);
        Assert.Equal(1, requests);
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new CognitoM2MClient(new CognitoM2MClientOptions { ClientId = "abc" }));
    }

    private sealed class Tenants : Microsoft.Extensions.Options.IConfigureNamedOptions<CognitoM2MClientOptions>
    {
        public void Configure(CognitoM2MClientOptions options) => Configure("", options);

        public void Configure(string? name, CognitoM2MClientOptions options)
        {
            if (name?.StartsWith("tenant-", StringComparison.Ordinal) != true)
                return;
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = name.Replace("-", "", StringComparison.Ordinal);
            options.ClientSecret = $"secret-of-{name}";
        }
    }

    /// <summary>Responds with the Authorization header of the request as text, or with the given response.</summary>
    private sealed class EchoHandler(Func<HttpResponseMessage>? answer = null) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer?.Invoke() ?? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Headers.Authorization!.ToString()) });
    }
}
