using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Tests.Registration;

/// <summary>How it gets on with HttpClientFactory and with what others do there.</summary>
public sealed class HttpClientFactoryTests
{
    [Fact]
    public async Task Token_handler_on_all_clients_leaves_out_the_one_that_fetches_tokens()
    {
        await using var world = new World(services: services =>
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("orders")));

        Assert.Equal(HttpStatusCode.OK, await world.CallAsync());

        Assert.Equal(["Bearer token-1"], world.ApiCalls);
        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public async Task Client_of_its_own_beats_the_one_for_all()
    {
        await using var world = new World(services: services =>
        {
            services.AddCognitoM2MClient("everyone", options =>
            {
                options.Domain = "acme-m2m";
                options.Region = "eu-west-1";
                options.ClientId = "everyone1";
                options.ClientSecret = "everyone2secret";
            });
            services.ConfigureHttpClientDefaults(builder => builder.AddCognitoM2MToken("everyone"));
        });

        await world.CallAsync();

        Assert.Equal([$"Bearer {await world.GetTokenAsync()}"], world.ApiCalls);
        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public async Task Other_http_client_can_carry_the_token_with_scopes_of_its_own()
    {
        var asked = "";
        await using var world = new World(
            options => options.AllowedHosts = ["reports.example.com"],
            services => services.AddHttpClient("reports", http => http.BaseAddress = new Uri("https://reports.example.com"))
                .AddCognitoM2MToken("orders", new CognitoTokenRequest { Scopes = ["reports/read"] })
                .ConfigurePrimaryHttpMessageHandler(() => new Answering()));
        world.OnTokenRequest = async (n, request) =>
        {
            asked = await request.Content!.ReadAsStringAsync();
            return World.TokenAnswer($"token-{n}");
        };
        using var client = world.Services.GetRequiredService<IHttpClientFactory>().CreateClient("reports");

        using var response = await client.GetAsync(new Uri("monthly", UriKind.Relative));

        Assert.Equal("Bearer token-1", await response.Content.ReadAsStringAsync());
        Assert.Contains("scope=reports%2Fread", asked, StringComparison.Ordinal);
    }

    [Fact]
    public void Client_that_fetches_tokens_follows_no_redirect_and_keeps_no_cookie()
    {
        using var services = new ServiceCollection().AddCognitoM2MClient("orders", _ => { }).Services.BuildServiceProvider();

        var handler = Innermost(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(CognitoM2MDiagnostics.TokenHttpClientName));

        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Proxy_and_time_out_of_that_client_can_be_configured_before_and_after(bool before)
    {
        var collection = new ServiceCollection();
        if (!before)
            collection.AddCognitoM2MClient("orders", _ => { });
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName, http => http.Timeout = TimeSpan.FromSeconds(7))
            .UseSocketsHttpHandler((handler, _) => handler.Proxy = new WebProxy("http://proxy.example"));
        if (before)
            collection.AddCognitoM2MClient("orders", _ => { });
        using var services = collection.BuildServiceProvider();

        var handler = Innermost(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(CognitoM2MDiagnostics.TokenHttpClientName));

        Assert.NotNull(handler.Proxy);
        Assert.False(handler.AllowAutoRedirect);
        Assert.Equal(TimeSpan.FromSeconds(7), services.GetRequiredService<IHttpClientFactory>().CreateClient(CognitoM2MDiagnostics.TokenHttpClientName).Timeout);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Primary_handler_of_the_users_own_follows_no_redirect_either(bool before)
    {
        var collection = new ServiceCollection();
        if (!before)
            collection.AddCognitoM2MClient("orders", _ => { });
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName)
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { Proxy = new WebProxy("http://proxy.example"), PooledConnectionLifetime = TimeSpan.FromSeconds(5) });
        if (before)
            collection.AddCognitoM2MClient("orders", _ => { });
        using var services = collection.BuildServiceProvider();

        var handler = Innermost(services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler(CognitoM2MDiagnostics.TokenHttpClientName));

        Assert.NotNull(handler.Proxy);
        Assert.Equal(TimeSpan.FromSeconds(5), handler.PooledConnectionLifetime);
        Assert.False(handler.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
    }

    [Fact]
    public async Task Retry_handler_on_all_clients_does_not_multiply_token_requests()
    {
        await using var world = new World(
            options => options.FirstFetchAttempts = 1,
            services => services.ConfigureHttpClientDefaults(builder => builder.AddHttpMessageHandler(() => new SendingTwice())));
        world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));

        await world.FailAsync();

        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public void Base_address_that_others_set_stays_where_the_options_have_none()
    {
        using var services = new ServiceCollection().AddHttpClient("orders", http => http.BaseAddress = new Uri("https://theirs.example")).Services
            .AddCognitoM2MClient("orders", options =>
            {
                options.Domain = "acme";
                options.Region = "eu-west-1";
                options.ClientId = "abc";
                options.ClientSecret = "secret1";
            }).Services.BuildServiceProvider();

        Assert.Equal("https://theirs.example/", services.GetRequiredService<IHttpClientFactory>().CreateClient("orders").BaseAddress!.AbsoluteUri);
    }

    [Fact]
    public void Token_handler_that_would_fetch_for_every_call_is_refused() =>
        Assert.Throws<ArgumentException>(() => new ServiceCollection().AddHttpClient("api").AddCognitoM2MToken("orders", new CognitoTokenRequest { ForceRefresh = true }));

    [Fact]
    public async Task Registering_twice_puts_one_token_on_a_call()
    {
        await using var world = new World(services: services =>
            services.AddCognitoM2MClient("orders", options => options.Scopes = ["orders/write"]).AddCognitoM2MToken("orders"));

        await world.CallAsync();

        Assert.Equal(["Bearer token-1"], world.ApiCalls);
    }

    [Fact]
    public async Task Clients_that_ask_for_the_same_share_one_token()
    {
        await using var world = new World(services: services => services.AddCognitoM2MClient("same-again", options =>
        {
            options.Domain = "acme-m2m";
            options.Region = "eu-west-1";
            options.ClientId = "abc123";
            options.ClientSecret = World.Secret;
            options.Scopes = ["orders/read"];
        }));

        Assert.Equal(await world.GetTokenAsync(), (await world.Provider.GetTokenAsync("same-again")).Value);
        Assert.Equal(1, world.TokenRequests);
    }

    [Fact]
    public async Task Clients_can_be_named_at_run_time()
    {
        await using var world = new World(services: services => services.ConfigureOptions<Tenants>());

        var tokens = new List<string>();
        for (var tenant = 0; tenant < 5; tenant++)
        {
            tokens.Add((await world.Provider.GetTokenAsync($"tenant-{tenant}")).Value);
            await world.Provider.GetTokenAsync($"tenant-{tenant}");
        }

        Assert.Equal(5, tokens.Distinct().Count());
        Assert.Equal(5, world.TokenRequests);
    }

    [Fact]
    public async Task Outside_a_container_a_client_is_made_in_three_lines()
    {
        var requests = 0;
        using var cognito = new Answering(() =>
        {
            requests++;
            return World.TokenAnswer("standalone");
        });
        using var orders = new CognitoM2MClient(
            new CognitoM2MClientOptions { Domain = "acme", Region = "eu-west-1", ClientId = "abc", ClientSecret = "secret1" },
            tokenEndpointHandler: cognito);
        using var http = new HttpClient(orders.CreateHandler(new Answering()));

        using var response = await http.GetAsync(new Uri("https://api.example.com/"));

        Assert.Equal("Bearer standalone", await response.Content.ReadAsStringAsync());
        Assert.Equal("standalone", (await orders.GetTokenAsync()).Value);
        Assert.Equal(1, requests);
        Assert.Throws<Microsoft.Extensions.Options.OptionsValidationException>(() => new CognitoM2MClient(new CognitoM2MClientOptions { ClientId = "abc" }));
    }

    private static SocketsHttpHandler Innermost(HttpMessageHandler handler)
    {
        while (handler is DelegatingHandler delegating)
            handler = delegating.InnerHandler!;
        return Assert.IsType<SocketsHttpHandler>(handler);
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

    private sealed class SendingTwice : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var first = await base.SendAsync(request, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }

    /// <summary>Answers with the Authorization header that came in, or as told.</summary>
    private sealed class Answering(Func<HttpResponseMessage>? answer = null) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            Task.FromResult(answer?.Invoke() ?? new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(request.Headers.Authorization!.ToString()) });
    }
}
