using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>
/// Handlers resolve the host of an address, and others rewrite path and query. Neither takes the call to another service. A handler that
/// changes all of them does.
/// </summary>
public sealed class ResolvedAndRewrittenTests
{
    private const string Called = "https://orders-api/orders?id=3";
    private const string Resolved = "https://10.0.0.3:8443/orders?id=3";

    [Theory]
    [InlineData("https://elsewhere.example/steal", false)]
    [InlineData("https://elsewhere.example/steal", true)]
    [InlineData("https://elsewhere.example/steal?id=3", false)]
    [InlineData("https://elsewhere.example/orders?id=3&to=me", false)]
    [InlineData("https://elsewhere.example/orders", false)]
    [InlineData("https://elsewhere.example/ORDERS?id=3", false)]
    [InlineData("https://elsewhere.example/orders/steal?id=3", false)]
    [InlineData("https://elsewhere.example/reorders?id=3", false)]
    public async Task Handler_that_sends_the_call_to_another_service_gets_no_token_because_of_the_address_of_the_caller(string rewritten, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => RewriteTo(rewritten), configure: RestrictToOrders);

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(Called, synchronous));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains("elsewhere.example", failure.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Plain_http_is_not_allowed_for_another_host_than_the_configured_host(bool isOutside)
    {
        Func<DelegatingHandler> rewrite = () => RewriteTo("http://10.0.0.9/steal");
        await using var api = new ApiBehindHandlers(
            isOutside ? rewrite : null, isOutside ? null : rewrite, options => (options.BaseAddress, options.PlainHttpHosts) = (null, ["orders-api"]));

        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync("http://orders-api/orders?id=3"));

        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData("resolve, version", true)]
    [InlineData("version, resolve", true)]
    [InlineData("resolve, version", false)]
    [InlineData("version, resolve", false)]
    public async Task Call_that_is_resolved_and_rewritten_gets_a_token_and_recovers_from_a_rejection(string order, bool synchronous)
    {
        await using var api = CreateApi(order, isOutside: true, RestrictToOrders);
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called, synchronous));

        Assert.Equal([$"{Resolved}&api-version=1 Bearer token-1", $"{Resolved}&api-version=1 Bearer token-2"], api.Calls);
    }

    [Theory]
    [InlineData("resolve, version")]
    [InlineData("version, resolve")]
    public async Task Call_that_is_resolved_and_rewritten_behind_the_token_handler_recovers_from_a_rejection(string order)
    {
        await using var api = CreateApi(order, isOutside: false, RestrictToOrders);
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal([$"{Resolved}&api-version=1 Bearer token-1", $"{Resolved}&api-version=1 Bearer token-2"], api.Calls);
    }

    [Theory]
    [InlineData("resolve, version", true)]
    [InlineData("version, resolve", true)]
    [InlineData("resolve, version", false)]
    [InlineData("version, resolve", false)]
    public async Task Plain_http_is_accepted_for_the_name_of_a_call_that_is_resolved_and_rewritten(string order, bool isOutside)
    {
        await using var api = CreateApi(order, isOutside, options => (options.BaseAddress, options.PlainHttpHosts) = (new Uri("http://orders-api"), ["orders-api"]));

        await api.CallAsync("http://orders-api/orders?id=3");

        Assert.Equal(["http://10.0.0.3:8443/orders?id=3&api-version=1 Bearer token-1"], api.Calls);
    }

    [Fact]
    public async Task Service_discovery_may_put_the_path_of_an_endpoint_before_the_path_at_every_attempt()
    {
        await using var api = new ApiBehindHandlers(
            () => InlineHandler.CreateRetry(),
            configure: RestrictToOrders,
            services: services => services.AddHttpClient("api").AddHttpMessageHandler(() => InlineHandler.CreateRetry()).AddHttpMessageHandler(() => new InlineHandler(async (request, next) =>
            {
                var address = request.RequestUri!;
                request.RequestUri = new Uri($"https://10.0.0.3/east{address.PathAndQuery}");
                try
                {
                    return await next(request);
                }
                finally
                {
                    request.RequestUri = address;
                }
            })));
        api.OnCall = _ => new HttpResponseMessage(api.Calls.Count < 3 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal(Enumerable.Repeat("https://10.0.0.3/east/orders?id=3 Bearer token-1", 3), api.Calls);
    }

    [Fact]
    public async Task Attempt_gets_its_token_although_an_earlier_attempt_went_to_another_service()
    {
        var attempts = 0;
        await using var api = new ApiBehindHandlers(
            configure: RestrictToOrders,
            services: services => services.AddHttpClient("api")
                .AddHttpMessageHandler(() => new InlineHandler(async (request, next) =>
                {
                    await Assert.ThrowsAsync<CognitoTokenException>(() => next(request));
                    request.RequestUri = new Uri(Called);
                    return await next(request);
                }))
                .AddHttpMessageHandler(() => new InlineHandler((request, next) =>
                {
                    request.RequestUri = new Uri(++attempts == 1 ? "https://elsewhere.example/steal" : Resolved);
                    return next(request);
                })));

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal([$"{Resolved} Bearer token-1"], api.Calls);
    }

    [Fact]
    public async Task Copies_that_are_sent_at_the_same_time_are_judged_separately()
    {
        var host = 0;
        await using var api = new ApiBehindHandlers(
            configure: RestrictToOrders,
            services: services => services.AddHttpClient("api")
                .AddHttpMessageHandler(() => new InlineHandler(async (request, next) =>
                {
                    var copies = Enumerable.Range(0, 4).Select(_ => Copy(request)).ToList();
                    return (await Task.WhenAll(copies.Select(copy => Task.Run(() => next(copy)))))[0];
                }))
                .AddHttpMessageHandler(() => new InlineHandler(async (request, next) =>
                {
                    request.RequestUri = new UriBuilder(request.RequestUri!) { Host = $"10.0.0.{Interlocked.Increment(ref host)}" }.Uri;
                    await Task.Yield();
                    return await next(request);
                }))
                .AddHttpMessageHandler(AddApiVersion));
        api.OnCall = _ => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        await api.Service.GetTokenAsync();

        Assert.Equal(HttpStatusCode.ServiceUnavailable, await api.CallAsync(Called));

        Assert.Equal(
            Enumerable.Range(1, 4).Select(number => $"https://10.0.0.{number}/orders?id=3&api-version=1 Bearer token-1"),
            api.Calls.Order(StringComparer.Ordinal));
    }

    private static void RestrictToOrders(CognitoM2MClientOptions options) => options.BaseAddress = new Uri("https://orders-api");

    private static ApiBehindHandlers CreateApi(string order, bool isOutside, Action<CognitoM2MClientOptions> configure)
    {
        var handlers = order.Split(", ").Select<string, Func<DelegatingHandler>>(name => name == "resolve" ? Resolve : AddApiVersion).ToList();
        return isOutside
            ? new ApiBehindHandlers(handlers[1], configure: configure, services: services => services.AddHttpClient("api").AddHttpMessageHandler(handlers[0]))
            : new ApiBehindHandlers(inside: handlers[0], configure: configure, services: services => services.PostConfigure<HttpClientFactoryOptions>(
                "api", factory => factory.HttpMessageHandlerBuilderActions.Add(builder => builder.AdditionalHandlers.Add(handlers[1]()))));
    }

    private static InlineHandler Resolve() => new((request, next) =>
    {
        request.RequestUri = new UriBuilder(request.RequestUri!) { Host = "10.0.0.3", Port = 8443 }.Uri;
        return next(request);
    });

    private static InlineHandler AddApiVersion() => new((request, next) =>
    {
        request.RequestUri = new Uri($"{request.RequestUri}&api-version=1");
        return next(request);
    });

    private static InlineHandler RewriteTo(string address) => new((request, next) =>
    {
        request.RequestUri = new Uri(address);
        return next(request);
    });

    private static HttpRequestMessage Copy(HttpRequestMessage request)
    {
        var copy = new HttpRequestMessage(request.Method, request.RequestUri);
        foreach (var (key, value) in request.Options)
            copy.Options.Set(new HttpRequestOptionsKey<object?>(key), value);
        return copy;
    }
}
