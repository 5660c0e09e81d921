using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CognitoM2M.Tests.Registration;

/// <summary>
/// The environment names a proxy, and no exceptions. The proxy sees no token and no secret that is not encrypted. Real connections to loopback:
/// the host names cannot be resolved, so a request reaches a server only through the proxy.
/// </summary>
public sealed class ProxyTests : IAsyncDisposable
{
    private readonly LoopbackProxy _proxy = new();

    [Fact]
    public async Task Default_handlers_send_calls_and_token_requests_to_trusted_hosts_directly()
    {
        ProcessProxy.Use("api.invalid:8080", _proxy.Address);
        ProcessProxy.Use("cognito.invalid:9229", _proxy.Address);
        await using var service = CreateService();
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        using var handler = service.Services.GetRequiredService<ICognitoTokenHandlerFactory>().CreateHandler("orders");
        using var made = new HttpClient(handler);

        Assert.Equal(HttpRequestError.NameResolutionError, (await FailToCallAsync(client)).HttpRequestError);
        Assert.Equal(HttpRequestError.NameResolutionError, (await FailToCallAsync(made)).HttpRequestError);
        using var alone = CreateClientWithoutContainer();
        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await alone.GetTokenAsync());

        Assert.Equal(HttpRequestError.NameResolutionError, Assert.IsType<HttpRequestException>(failure.InnerException is IOException wrapper ? wrapper.InnerException : failure.InnerException).HttpRequestError);
        Assert.Empty(_proxy.Requests);
    }

    [Fact]
    public async Task Credentials_of_the_caller_still_go_through_the_proxy()
    {
        ProcessProxy.Use("intranet.invalid", _proxy.Address);
        await using var service = CreateService();
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://intranet.invalid/");
        request.Headers.Authorization = new("Basic", "abc");

        using var response = await client.SendAsync(request);

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Contains("Authorization: Basic abc", Assert.Single(_proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(nameof(SocketsHttpHandler), false, false)]
    [InlineData(nameof(SocketsHttpHandler), true, false)]
    [InlineData(nameof(SocketsHttpHandler), false, true)]
    [InlineData(nameof(HttpClientHandler), false, false)]
    [InlineData(nameof(HttpClientHandler), true, true)]
    public async Task Handler_of_the_user_that_would_take_the_token_through_the_proxy_is_not_changed_and_not_used(string kind, bool isWrapped, bool hasHandlersBehind)
    {
        ProcessProxy.Use("api.invalid:8080", _proxy.Address);
        using HttpMessageHandler primary = kind == nameof(SocketsHttpHandler) ? new SocketsHttpHandler() : new HttpClientHandler();
        using var wrapper = new PassingHandler(primary);
        await using var service = CreateService(http =>
        {
            if (hasHandlersBehind)
                http.AddHttpMessageHandler(() => new InlineHandler((request, next) => next(request)));
            http.ConfigurePrimaryHttpMessageHandler(() => isWrapped ? wrapper : primary);
        });
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        var failure = Assert.IsType<CognitoTokenException>(await FailToCallAsync(client));
        await service.GetTokenAsync();
        var second = Assert.IsType<CognitoTokenException>(await FailToCallAsync(client));

        Assert.Equal([CognitoTokenErrors.DestinationNotAllowed, CognitoTokenErrors.DestinationNotAllowed], [failure.Error, second.Error]);
        Assert.Contains($"through the proxy {_proxy.Address.Authority} of the environment", failure.Message, StringComparison.Ordinal);
        Assert.Contains("no_proxy", failure.Message, StringComparison.Ordinal);
        Assert.Empty(_proxy.Requests);
        Assert.Null(primary is SocketsHttpHandler sockets ? sockets.Proxy : ((HttpClientHandler)primary).Proxy);
    }

    [Fact]
    public async Task Loopback_is_refused_too_if_the_handler_of_the_user_would_take_it_to_the_proxy()
    {
        await using var api = new LoopbackServer((_, _) => "");
        ProcessProxy.Use(api.Address.Authority, _proxy.Address);
        using var primary = new SocketsHttpHandler();
        using var direct = new SocketsHttpHandler { UseProxy = false };
        await using var service = CreateService(
            http => http.ConfigurePrimaryHttpMessageHandler(() => primary),
            services => services.AddHttpClient("direct").AddCognitoM2MToken("orders").ConfigurePrimaryHttpMessageHandler(() => direct));
        var clients = service.Services.GetRequiredService<IHttpClientFactory>();
        using var refused = clients.CreateClient("api");
        using var used = clients.CreateClient("direct");

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => refused.GetAsync(api.Address));
        using var response = await used.GetAsync(api.Address);

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Equal("Bearer token-1", Assert.Single(api.Requests).Authorization);
        Assert.Empty(_proxy.Requests);
    }

    [Fact]
    public async Task Proxy_that_the_user_sets_on_the_handler_is_used()
    {
        await using var service = CreateService(http => http.UseSocketsHttpHandler((handler, _) => handler.Proxy = new WebProxy(_proxy.Address)));
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        using var response = await client.GetAsync(new Uri("http://api.invalid:8080/orders"));

        Assert.Contains("Authorization: Bearer token-1", Assert.Single(_proxy.Requests), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public async Task Resolved_address_of_a_trusted_name_is_called_directly_unless_the_handler_of_the_user_would_use_the_proxy(bool resolvesOutside, bool isOfUser)
    {
        var host = $"resolved-{resolvesOutside}-{isOfUser}.invalid".ToLowerInvariant();
        ProcessProxy.Use($"{host}:8080", _proxy.Address);
        using var primary = new SocketsHttpHandler();
        await using var service = CreateService(
            http =>
            {
                if (!resolvesOutside)
                    http.AddHttpMessageHandler(Resolve);
                if (isOfUser)
                    http.ConfigurePrimaryHttpMessageHandler(() => primary);
            },
            services =>
            {
                if (resolvesOutside)
                    services.ConfigureHttpClientDefaults(http => http.AddHttpMessageHandler(Resolve));
            });
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");

        for (var call = 0; call < 2; call++)
        {
            var failure = await FailToCallAsync(client);
            if (isOfUser)
                Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, Assert.IsType<CognitoTokenException>(failure).Error);
            else
                Assert.Equal(HttpRequestError.NameResolutionError, failure.HttpRequestError);
        }

        Assert.Empty(_proxy.Requests);

        DelegatingHandler Resolve() => new InlineHandler((request, next) =>
        {
            request.RequestUri = new UriBuilder(request.RequestUri!) { Host = host }.Uri;
            return next(request);
        });
    }

    // A handler behind the token handler sends the message elsewhere, so the proxy for the first address does not matter.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Proxy_is_chosen_for_the_final_address_of_the_message(bool hasHostHeader)
    {
        ProcessProxy.Use("api.invalid:8080", _proxy.Address);
        await using var api = new LoopbackServer((_, _) => "");
        using var primary = new SocketsHttpHandler();
        await using var service = CreateService(http => http
            .AddHttpMessageHandler(() => new InlineHandler((request, next) =>
            {
                request.RequestUri = new Uri(api.Address, "/orders");
                return next(request);
            }))
            .ConfigurePrimaryHttpMessageHandler(() => primary),
            services => services.PostConfigure<CognitoM2MClientOptions>("orders", options => options.AllowedHosts = ["api.invalid:8080", api.Address.Authority]));
        using var client = service.Services.GetRequiredService<IHttpClientFactory>().CreateClient("api");
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://api.invalid:8080/orders");
        request.Headers.Host = hasHostHeader ? api.Address.Authority : null;

        using var response = await client.SendAsync(request);

        Assert.Equal("Bearer token-1", Assert.Single(api.Requests).Authorization);
        Assert.Empty(_proxy.Requests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_for_token_requests_that_would_take_the_secret_through_the_proxy_is_refused_at_start(bool isWrapped)
    {
        ProcessProxy.Use("cognito.invalid:9229", _proxy.Address);
        using var primary = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var wrapper = new PassingHandler(primary);
        var collection = new ServiceCollection();
        collection.AddCognitoM2MClient("orders", Configure);
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => isWrapped ? wrapper : primary);
        await using var services = collection.BuildServiceProvider();
        var startup = Assert.Single(services.GetServices<IHostedService>().OfType<IHostedLifecycleService>());

        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => startup.StartingAsync(CancellationToken.None));
        await Assert.ThrowsAsync<CognitoTokenException>(async () => await services.GetRequiredService<ICognitoTokenProvider>().GetTokenAsync("orders"));
        Assert.Throws<InvalidOperationException>(() => CreateClientWithoutContainer(primary));

        Assert.Contains($"http://cognito.invalid:9229 would go through the proxy {_proxy.Address.Authority}", refusal.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            $"Exclude the host with no_proxy, or set UseProxy to false where you make the handler for token requests (HttpClient '{CognitoM2MDiagnostics.TokenHttpClientName}').",
            refusal.Message, StringComparison.Ordinal);
        Assert.Null(primary.Proxy);
        Assert.Empty(_proxy.Requests);
    }

    public ValueTask DisposeAsync() => _proxy.DisposeAsync();

    private static StubbedService CreateService(Action<IHttpClientBuilder>? configureHttp = null, Action<IServiceCollection>? services = null) => new(
        options =>
        {
            options.BaseAddress = null;
            options.PlainHttpHosts = ["api.invalid:8080"];
        },
        collection =>
        {
            services?.Invoke(collection);
            var http = collection.AddHttpClient("api").AddCognitoM2MToken("orders");
            configureHttp?.Invoke(http);
        });

    private static CognitoM2MClient CreateClientWithoutContainer(HttpMessageHandler? handler = null)
    {
        var options = new CognitoM2MClientOptions();
        Configure(options);
        return new CognitoM2MClient(options, tokenEndpointHandler: handler);
    }

    private static void Configure(CognitoM2MClientOptions options)
    {
        (options.ClientId, options.ClientSecret, options.FirstFetchAttempts) = ("abc123", StubbedService.Secret, 1);
        options.TokenEndpoint = new Uri("http://cognito.invalid:9229/oauth2/token");
        options.PlainHttpTokenEndpointHosts = ["cognito.invalid"];
    }

    private static Task<HttpRequestException> FailToCallAsync(HttpClient client) =>
        Assert.ThrowsAnyAsync<HttpRequestException>(() => client.GetAsync(new Uri("http://api.invalid:8080/orders")));

    private sealed class PassingHandler(HttpMessageHandler inner) : DelegatingHandler(inner);
}
