using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Tests.Registration;

/// <summary>What an HttpClient with a token takes from its app client: the base address, and a handler that keeps loopback away from proxies.</summary>
public sealed class HttpClientWithTokenTests
{
    [Theory]
    [InlineData("https://api.example.com/v1", "https://api.example.com/v1/")]
    [InlineData("https://api.example.com/v1/", "https://api.example.com/v1/")]
    [InlineData("https://api.example.com", "https://api.example.com/")]
    [InlineData("https://api.example.com:8443/a%20b/c", "https://api.example.com:8443/a%20b/c/")]
    [InlineData("https+http://orders-api/v1", "https+http://orders-api/v1/")]
    public async Task Base_address_ends_in_a_slash_so_that_no_segment_is_lost(string configured, string expected)
    {
        await using var service = new StubbedService(options => options.BaseAddress = new Uri(configured));
        using var http = service.CreateHttpClient();

        Assert.Equal(expected, http.BaseAddress!.AbsoluteUri);
        Assert.Equal($"{expected}orders", new Uri(http.BaseAddress, "orders").AbsoluteUri);
    }

    [Fact]
    public void Client_without_a_container_has_a_base_address_that_ends_in_a_slash()
    {
        var options = CreateOptions();
        options.BaseAddress = new Uri("https://api.example.com/v1");
        using var client = new CognitoM2MClient(options);
        using var http = client.CreateHttpClient();

        Assert.Equal("https://api.example.com/v1/", http.BaseAddress!.AbsoluteUri);
    }

    [Fact]
    public async Task Other_http_client_gets_the_base_address_of_the_app_client()
    {
        await using var service = new StubbedService(services: services => services.AddHttpClient<Reports>().AddCognitoM2MToken("orders"));

        Assert.Equal("https://api.example.com/", service.Services.GetRequiredService<Reports>().Http.BaseAddress!.AbsoluteUri);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Base_address_of_the_http_client_itself_wins(bool before)
    {
        await using var service = new StubbedService(services: services =>
        {
            var builder = services.AddHttpClient("reports");
            if (before)
                builder.ConfigureHttpClient(http => http.BaseAddress = new Uri("https://reports.example.com/"));
            builder.AddCognitoM2MToken("orders");
            if (!before)
                builder.ConfigureHttpClient(http => http.BaseAddress = new Uri("https://reports.example.com/"));
        });

        Assert.Equal("https://reports.example.com/", FindBaseAddress(service, "reports")!.AbsoluteUri);
    }

    [Fact]
    public async Task Http_client_gets_the_base_address_of_the_client_whose_token_it_sends()
    {
        await using var service = new StubbedService(services: services =>
        {
            services.AddCognitoM2MClient("billing", options =>
            {
                (options.Domain, options.Region, options.ClientId, options.ClientSecret) = ("acme-m2m", "eu-west-1", "billing1", "billing2secret");
                options.BaseAddress = new Uri("https://billing.example.com/");
            });
            services.AddHttpClient("both").AddCognitoM2MToken("orders").AddCognitoM2MToken("billing");
            services.AddHttpClient("none").AddCognitoM2MToken("orders").RemoveCognitoM2MToken();
            services.AddHttpClient("default");
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders"));
        });

        Assert.Equal("https://billing.example.com/", FindBaseAddress(service, "both")!.AbsoluteUri);
        Assert.Null(FindBaseAddress(service, "none"));
        Assert.Null(FindBaseAddress(service, "default"));
    }

    [Fact]
    public async Task Handler_of_the_factory_gets_a_proxy_and_handlers_of_the_user_stay_as_they_are()
    {
        using var ownProxy = new SocketsHttpHandler { Proxy = new WebProxy("http://proxy.example:3128") };
        using var noProxy = new HttpClientHandler { UseProxy = false };
        using var shared = new SocketsHttpHandler();
        await using var service = new StubbedService(services: services =>
        {
            services.AddHttpClient("default").AddCognitoM2MToken("orders");
            services.AddHttpClient("without");
            services.AddHttpClient("own").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => ownProxy);
            services.AddHttpClient("no").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => noProxy);
            services.AddHttpClient("shared").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => shared);
            services.AddHttpClient("configured").AddCognitoM2MToken("orders").UseSocketsHttpHandler((handler, _) => handler.UseCookies = false);
        });
        foreach (var name in new[] { "own", "no", "shared" })
            FindPrimaryHandler(service, name);

        Assert.True(IsLoopbackBypassed(FindPrimaryHandler(service, "default")));
        Assert.False(IsLoopbackBypassed(FindPrimaryHandler(service, "without")));
        Assert.True(IsLoopbackBypassed(FindPrimaryHandler(service, "configured")));
        Assert.Null(shared.Proxy);
        Assert.IsType<WebProxy>(ownProxy.Proxy);
        Assert.Null(noProxy.Proxy);
    }

    [Fact]
    public async Task Handler_for_an_http_client_of_another_library_carries_the_token()
    {
        await using var service = new StubbedService();
        var factory = service.Services.GetRequiredService<ICognitoTokenHandlerFactory>();
        using var http = new HttpClient(factory.CreateHandler("orders", new ForwardingHandler(service.Api), new CognitoTokenRequest { Scopes = ["orders/write"] }));

        using var response = await http.GetAsync(new Uri("https://api.example.com/orders"));

        Assert.Equal(["Bearer token-1"], service.ApiCalls);
        Assert.Equal("token-1", await service.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/write"] }));
        Assert.Throws<OptionsValidationException>(() => factory.CreateHandler("nobody"));
        var error = Assert.Throws<ArgumentException>(() => factory.CreateHandler("orders", request: new CognitoTokenRequest { ForceRefresh = true }));
        Assert.Contains("Set it on single requests only.", error.Message, StringComparison.Ordinal);
        using var own = factory.CreateHandler("orders");
        Assert.True(IsLoopbackBypassed(Assert.IsType<SocketsHttpHandler>(own.InnerHandler)));
    }

    [Fact]
    public async Task Hosts_with_plain_http_are_warned_of_once_when_the_client_is_first_used()
    {
        using var log = new LogRecorder();
        await using var service = new StubbedService(
            options =>
            {
                (options.Domain, options.TokenEndpoint) = (null, new Uri("http://cognito:9229/oauth2/token"));
                options.PlainHttpTokenEndpointHosts = ["cognito", "unused"];
                options.PlainHttpHosts = ["api:8080", "reports"];
            },
            services => services.AddLogging(logging => logging.AddProvider(log)));

        await service.GetTokenAsync();
        await service.CallApiAsync();

        var warnings = log.Find(LogLevel.Warning);
        Assert.Equal(3, warnings.Count);
        Assert.Contains(warnings, line => line.Contains("token requests to cognito:9229 use plain http", StringComparison.Ordinal));
        Assert.Contains(warnings, line => line.Contains("calls to api:8080 may use plain http", StringComparison.Ordinal));
        Assert.Contains(warnings, line => line.Contains("calls to reports may use plain http", StringComparison.Ordinal));
        Assert.All(warnings, line => Assert.Contains("unencrypted", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Client_without_a_container_warns_of_plain_http_and_of_a_missing_restriction()
    {
        var options = CreateOptions();
        options.PlainHttpHosts = ["api:8080"];
        using var log = new LogRecorder();
        using var client = new CognitoM2MClient(options, log);

        using var first = client.CreateHandler();
        using var second = client.CreateHandler();

        Assert.Equal(2, log.Find(LogLevel.Warning).Count);
    }

    private static CognitoM2MClientOptions CreateOptions() =>
        new() { Domain = "acme-m2m", Region = "eu-west-1", ClientId = "abc123", ClientSecret = StubbedService.Secret };

    private static Uri? FindBaseAddress(StubbedService service, string name) =>
        service.Services.GetRequiredService<IHttpClientFactory>().CreateClient(name).BaseAddress;

    private static HttpMessageHandler FindPrimaryHandler(StubbedService service, string name)
    {
        var handler = service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(name);
        while (handler is DelegatingHandler { InnerHandler: { } inner })
            handler = inner;
        return handler;
    }

    private static bool IsLoopbackBypassed(HttpMessageHandler handler)
    {
        var proxy = handler switch { SocketsHttpHandler sockets => sockets.Proxy, HttpClientHandler classic => classic.Proxy, _ => null };
        return proxy is not null && proxy.IsBypassed(new Uri("http://127.0.0.1:8080/"));
    }

    private sealed record Reports(HttpClient Http);

    private sealed class ForwardingHandler(HttpMessageHandler inner) : DelegatingHandler(inner);
}
