using System.Net;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Http;

namespace CognitoM2M.Tests.Http;

/// <summary>Restrictions speak of the address that the caller used, wherever its name is resolved.</summary>
public sealed class CalledAddressTests
{
    private const string Called = "https://orders-api/orders";

    [Theory]
    [InlineData("https://orders-api", Called, "https://127.0.0.1:1/orders", false)]
    [InlineData("https://orders-api", Called, "https://127.0.0.1:1/orders", true)]
    [InlineData("https://orders-api", Called, "http://127.0.0.1:1/orders", false)]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "https://10.0.0.3/orders", false)]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "http://127.0.0.1:1/orders", false)]
    [InlineData("https+http://orders-api", Called, "https://10.0.0.3/orders", false)]
    [InlineData("http+https://orders-api", "https+http://orders-api/orders", "https://10.0.0.3/orders", false)]
    public async Task Address_that_was_resolved_before_the_token_handler_is_judged_by_the_name(string baseAddress, string called, string resolved, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => Resolve(resolved), configure: options => options.BaseAddress = new Uri(baseAddress));

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(called, synchronous));
        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(called, synchronous));

        Assert.Equal([$"{resolved} Bearer token-1", $"{resolved} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData("orders-api")]
    [InlineData("orders-api:443")]
    public async Task Allowed_host_names_the_host_that_the_caller_used(string host)
    {
        await using var api = new ApiBehindHandlers(() => Resolve("https://10.0.0.3:8443/orders"), configure: options => (options.BaseAddress, options.AllowedHosts) = (null, [host]));

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));
        Assert.Equal(HttpStatusCode.OK, await api.CallAsync("https+http://orders-api/orders"));
    }

    [Theory]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "http://10.0.0.3:8080/orders", "'10.0.0.3:8080' to PlainHttpHosts")]
    [InlineData("https://orders-api", Called, "http://10.0.0.3:8080/orders", "'10.0.0.3:8080' to PlainHttpHosts")]
    [InlineData("https://orders-api", "https://other-api/orders", "https://10.0.0.3/orders", "10.0.0.3, but")]
    [InlineData("https://orders-api", "https://orders-api:8443/orders", "https://10.0.0.3/orders", "10.0.0.3, but")]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "https+http://orders-api/orders", "no service discovery")]
    public async Task Resolved_address_without_encryption_and_other_names_are_refused(string baseAddress, string called, string resolved, string named)
    {
        await using var api = new ApiBehindHandlers(() => Resolve(resolved), configure: options => options.BaseAddress = new Uri(baseAddress));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(called));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Theory]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "http://127.0.0.1:1/orders", false)]
    [InlineData("https+http://orders-api", "https+http://orders-api/orders", "https://10.0.0.3/orders", true)]
    [InlineData("https://orders-api", Called, "https://10.0.0.3/orders", false)]
    public async Task Address_that_is_resolved_behind_the_token_handler_is_judged_by_the_name(string baseAddress, string called, string resolved, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: () => Resolve(resolved), configure: options => options.BaseAddress = new Uri(baseAddress));

        await api.CallAsync(called, synchronous);
        await api.CallAsync(called, synchronous);

        Assert.Equal([$"{resolved} Bearer token-1", $"{resolved} Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData("https+http://orders-api/orders", "http://10.0.0.3:8080/orders", false)]
    [InlineData("https+http://orders-api/orders", "http://10.0.0.3:8080/orders", true)]
    [InlineData("https+http://orders-api/orders", "https+http://orders-api/orders", false)]
    [InlineData(Called, "http://10.0.0.3:8080/orders", false)]
    [InlineData(Called, "ws://10.0.0.3:8080/orders", false)]
    [InlineData(Called, "ftp://10.0.0.3/orders", false)]
    public async Task Token_does_not_leave_without_encryption_after_a_handler_resolved_the_address(string called, string resolved, bool synchronous)
    {
        await using var api = new ApiBehindHandlers(
            inside: () => Resolve(resolved), configure: options => options.BaseAddress = new Uri("https+http://orders-api"));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(called, synchronous));
        var scoped = new HttpRequestMessage(HttpMethod.Get, called).WithCognitoScopes("orders/write");
        await Assert.ThrowsAsync<CognitoTokenException>(() => api.CallAsync(scoped, synchronous));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task Header_of_the_caller_leaves_without_encryption_if_the_caller_wants_that()
    {
        await using var api = new ApiBehindHandlers(inside: () => Resolve("http://10.0.0.3:8080/orders"));
        var request = new HttpRequestMessage(HttpMethod.Get, Called);
        request.Headers.Authorization = new("Basic", "abc");

        await api.CallAsync(request);

        Assert.Equal(["http://10.0.0.3:8080/orders Basic abc"], api.Calls);
    }

    [Theory]
    [InlineData("orders-api", true)]
    [InlineData("orders-api", false)]
    [InlineData("10.0.0.3:8080", true)]
    [InlineData("10.0.0.3", false)]
    public async Task Plain_http_is_accepted_for_the_name_and_for_the_resolved_host(string plainHttpHost, bool isOutside)
    {
        Func<DelegatingHandler> resolve = () => Resolve("http://10.0.0.3:8080/orders");
        await using var api = new ApiBehindHandlers(
            isOutside ? resolve : null,
            isOutside ? null : resolve,
            options => (options.BaseAddress, options.PlainHttpHosts) = (new Uri("https+http://orders-api"), [plainHttpHost]));

        await api.CallAsync("https+http://orders-api/orders");

        Assert.Equal(["http://10.0.0.3:8080/orders Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Each_attempt_may_go_to_another_resolved_address(bool resolvesOutsideOfRetry)
    {
        var ports = 0;
        DelegatingHandler Discover() => new InlineHandler(async (request, next) =>
        {
            // Service discovery restores the address, so that the next attempt gets another endpoint.
            var address = request.RequestUri;
            request.RequestUri = new Uri($"https://127.0.0.1:{++ports}/orders");
            try
            {
                return await next(request);
            }
            finally
            {
                request.RequestUri = address;
            }
        });

        await using var api = new ApiBehindHandlers(
            () => InlineHandler.CreateRetry(),
            configure: options => options.BaseAddress = new Uri("https://orders-api"),
            services: services => services.AddHttpClient("api").AddHttpMessageHandler(resolvesOutsideOfRetry ? Discover : () => InlineHandler.CreateRetry())
                .AddHttpMessageHandler(resolvesOutsideOfRetry ? () => InlineHandler.CreateRetry() : Discover));
        api.OnCall = _ => api.Calls.Count switch
        {
            1 => throw new HttpRequestException("connection refused"),
            2 => new HttpResponseMessage(HttpStatusCode.ServiceUnavailable),
            _ => new HttpResponseMessage(HttpStatusCode.OK),
        };

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal(3, api.Calls.Count);
        Assert.All(api.Calls, call => Assert.EndsWith("Bearer token-1", call, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_that_is_rejected_at_a_resolved_address_is_replaced_and_the_call_is_sent_once_more()
    {
        await using var api = new ApiBehindHandlers(() => Resolve("https://127.0.0.1:1/orders"), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        api.Reject("token-1");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal(["https://127.0.0.1:1/orders Bearer token-1", "https://127.0.0.1:1/orders Bearer token-2"], api.Calls);
    }

    [Fact]
    public async Task Handlers_that_a_filter_of_the_user_adds_are_seen()
    {
        await using var api = new ApiBehindHandlers(
            configure: options => options.BaseAddress = new Uri("https://orders-api"),
            services: services => services.AddSingleton<IHttpMessageHandlerBuilderFilter>(new AddingFilter(() => Resolve("https://127.0.0.1:1/orders"))));

        await api.CallAsync(Called);

        Assert.Equal(["https://127.0.0.1:1/orders Bearer token-1"], api.Calls);
    }

    [Theory]
    [InlineData("https://orders-api/orders", true)]
    [InlineData("https://elsewhere.example/orders", false)]
    public async Task Relative_address_that_a_handler_completes_is_judged_by_the_result(string completed, bool isAllowed)
    {
        await using var api = new ApiBehindHandlers(() => Resolve(completed), configure: options => options.BaseAddress = new Uri("https://orders-api"));
        using var invoker = new HttpMessageInvoker(api.Service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("api"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("orders", UriKind.Relative));

        var call = invoker.SendAsync(request, CancellationToken.None);

        if (isAllowed)
            Assert.Equal(HttpStatusCode.OK, (await call).StatusCode);
        else
            Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, (await Assert.ThrowsAsync<CognitoTokenException>(() => call)).Error);
        Assert.Equal(isAllowed ? 1 : 0, api.Calls.Count);
    }

    [Fact]
    public async Task Relative_address_that_no_handler_completes_is_an_error_that_says_what_to_do()
    {
        await using var api = new ApiBehindHandlers(configure: options => options.BaseAddress = null);
        using var invoker = new HttpMessageInvoker(api.Service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("api"));
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("orders", UriKind.Relative));

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => invoker.SendAsync(request, CancellationToken.None));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains("Set BaseAddress, or call an absolute address.", failure.Message, StringComparison.Ordinal);
        Assert.Empty(api.Calls);
    }

    [Fact]
    public async Task Each_address_that_a_handler_tries_is_judged_separately()
    {
        await using var api = new ApiBehindHandlers(
            () => new InlineHandler(async (request, next) =>
            {
                request.RequestUri = new Uri("https://elsewhere.example/steal");
                await Assert.ThrowsAsync<CognitoTokenException>(() => next(request));
                request.RequestUri = new Uri("https://10.0.0.3/orders");
                return await next(request);
            }),
            configure: options => options.BaseAddress = new Uri("https://orders-api"));

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(Called));

        Assert.Equal(["https://10.0.0.3/orders Bearer token-1"], api.Calls);
    }

    private static InlineHandler Resolve(string address) => new((request, next) =>
    {
        request.RequestUri = new Uri(address);
        return next(request);
    });

    private sealed class AddingFilter(Func<DelegatingHandler> create) : IHttpMessageHandlerBuilderFilter
    {
        public Action<HttpMessageHandlerBuilder> Configure(Action<HttpMessageHandlerBuilder> next) => builder =>
        {
            next(builder);
            if (builder.Name == "api")
                builder.AdditionalHandlers.Insert(0, create());
        };
    }
}
