using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Registration;

/// <summary>What the HttpClient for token requests takes from registrations for its name, and that it takes nothing from registrations for all clients.</summary>
public sealed class TokenHttpClientTests
{
    [Fact]
    public void Handler_of_token_requests_follows_no_redirects_and_keeps_no_cookies()
    {
        var collection = new ServiceCollection().AddCognitoM2MClient("orders", _ => { }).Services;
        SocketsHttpHandler? handler = null;
        collection.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).UseSocketsHttpHandler((own, _) => handler = own);
        using var services = collection.BuildServiceProvider();

        Assert.Equal(Timeout.InfiniteTimeSpan, services.GetRequiredService<TokenHttpClient>().Client.Timeout);

        Assert.False(handler!.AllowAutoRedirect);
        Assert.False(handler.UseCookies);
        Assert.Equal(TimeSpan.FromMinutes(2), handler.PooledConnectionLifetime);
        Assert.True(handler.Proxy!.IsBypassed(new Uri("http://127.0.0.1:9229/oauth2/token")));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Proxy_and_time_out_can_be_set_before_or_after_the_registration(bool before)
    {
        SocketsHttpHandler? handler = null;
        using var services = Register(before, collection => collection
            .AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName, http => http.Timeout = TimeSpan.FromSeconds(7))
            .UseSocketsHttpHandler((own, _) => (handler = own).Proxy = new WebProxy("http://proxy.example")));

        Assert.Equal(TimeSpan.FromSeconds(7), services.GetRequiredService<TokenHttpClient>().Client.Timeout);

        Assert.IsType<WebProxy>(handler!.Proxy);
        Assert.False(handler.AllowAutoRedirect);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Primary_handler_that_the_user_sets_is_not_changed(bool before)
    {
        using var handler = new SocketsHttpHandler();
        using var wrapped = new HttpClientHandler { AllowAutoRedirect = false };
        using var wrapper = new CountingHandler(wrapped);
        foreach (var primary in new HttpMessageHandler[] { handler, wrapper })
        {
            using var services = Register(before, collection => collection
                .AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName).ConfigurePrimaryHttpMessageHandler(() => primary));
            _ = services.GetRequiredService<TokenHttpClient>().Client;
        }

        Assert.True(handler.AllowAutoRedirect && handler.UseCookies && wrapped.UseCookies);
        Assert.Equal(Timeout.InfiniteTimeSpan, handler.PooledConnectionLifetime);
        Assert.Null(handler.Proxy);
        Assert.Null(wrapped.Proxy);
    }

    [Fact]
    public async Task Handlers_and_loggers_for_all_clients_do_not_see_token_requests()
    {
        var seen = 0;
        using var log = new LogRecorder();
        await using var service = new StubbedService(
            options => options.FirstFetchAttempts = 1,
            services =>
            {
                services.AddLogging(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
                services.ConfigureHttpClientDefaults(builder => builder
                    .AddHttpMessageHandler(() => new CountingHandler(() => seen++))
                    .ConfigureAdditionalHttpMessageHandlers((handlers, _) => handlers.Add(new CountingHandler(() => seen++)))
                    .ConfigureHttpClient(http => http.DefaultRequestHeaders.Add("X-All", "1"))
                    .ConfigurePrimaryHttpMessageHandler(() => new CountingHandler(() => seen++)));
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new EveryClientFilter(() => new CountingHandler(() => seen++)));
            });
        service.OnTokenRequest = (n, request) => Task.FromResult(
            request.Headers.Contains("X-All") ? throw new InvalidOperationException("a header for all clients") : StubbedResponse.CreateToken($"token-{n}"));

        Assert.Equal("token-1", await service.GetTokenAsync());

        Assert.Equal(0, seen);
        Assert.DoesNotContain(log.Lines, line => line.Contains("HTTP request", StringComparison.Ordinal));
        Assert.Contains(log.Lines, line => line.Contains("token obtained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Retry_handler_on_all_clients_does_not_repeat_token_requests()
    {
        await using var service = new StubbedService(
            options => options.FirstFetchAttempts = 1,
            services =>
            {
                services.ConfigureHttpClientDefaults(builder => builder.AddHttpMessageHandler(() => new SendTwiceHandler()));
                services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new EveryClientFilter(() => new SendTwiceHandler()));
            });
        service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        await service.FailToGetTokenAsync();

        Assert.Equal(1, service.TokenRequests);
    }

    [Fact]
    public async Task Time_out_and_header_that_are_registered_for_the_name_are_used()
    {
        string? agent = null;
        await using var service = new StubbedService(services: services => services
            .AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName, http => http.DefaultRequestHeaders.Add("User-Agent", "orders/1")));
        service.OnTokenRequest = (n, request) =>
        {
            agent = request.Headers.UserAgent.ToString();
            return Task.FromResult(StubbedResponse.CreateToken($"token-{n}"));
        };

        await service.GetTokenAsync();

        Assert.Equal("orders/1", agent);
    }

    private static ServiceProvider Register(bool before, Action<IServiceCollection> register)
    {
        var collection = new ServiceCollection();
        if (before)
            register(collection);
        collection.AddCognitoM2MClient("orders", _ => { });
        if (!before)
            register(collection);
        return collection.BuildServiceProvider();
    }

    /// <summary>Puts a handler around the primary handler of every client, and another one in front of it.</summary>
    private sealed class EveryClientFilter(Func<DelegatingHandler> create) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            builder.AdditionalHandlers.Add(create());
            var wrapper = create();
            wrapper.InnerHandler = builder.PrimaryHandler;
            builder.PrimaryHandler = wrapper;
        };
    }

    private sealed class CountingHandler : DelegatingHandler
    {
        private readonly Action? _count;

        public CountingHandler(Action count) => _count = count;

        public CountingHandler(HttpMessageHandler inner)
            : base(inner)
        {
        }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            _count?.Invoke();
            return base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class SendTwiceHandler : DelegatingHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            using var first = await base.SendAsync(request, cancellationToken);
            return await base.SendAsync(request, cancellationToken);
        }
    }
}
