using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;

namespace CognitoM2M.Tests.Http;

/// <summary>Which Authorization header a request carries.</summary>
public sealed class AuthorizationHeaderTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Fact]
    public async Task Each_call_sends_the_cached_token()
    {
        await _service.CallApiAsync();
        await _service.CallApiAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public void Synchronous_calls_send_the_cached_token()
    {
        using var client = _service.CreateHttpClient();

        using var first = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));
        using var second = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public async Task Authorization_header_of_the_caller_is_kept_and_no_token_is_requested()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/x");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        await _service.CallApiAsync(request);

        Assert.Equal(["Basic abc"], _service.ApiCalls);
        Assert.Equal(0, _service.TokenRequests);
    }

    [Fact]
    public async Task Authorization_header_of_the_caller_is_kept_after_a_401()
    {
        _service.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "token-of-the-caller");

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync(request));

        Assert.Equal(["Bearer token-of-the-caller"], _service.ApiCalls);
        Assert.Equal(0, _service.TokenRequests);
    }

    [Fact]
    public async Task Retried_request_carries_the_token_that_is_current_at_the_retry()
    {
        await using var service = new StubbedService(services: services => services.AddHttpClient("orders"));
        var retries = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { StatusCode: HttpStatusCode.ServiceUnavailable }),
                MaxRetryAttempts = 3,
                Delay = TimeSpan.Zero,
            })
            .Build();
        service.OnApiCall = async _ =>
        {
            service.Clock.Advance(TimeSpan.FromHours(1));
            return await Task.FromResult(new HttpResponseMessage(service.ApiCalls.Count < 4 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        };
        using var client = service.CreateHttpClient();
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders");
        using var invoker = new HttpMessageInvoker(new RetryingHandler(retries, service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders")));

        using var response = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-3", "Bearer token-4"], service.ApiCalls);
    }

    [Fact]
    public async Task Retry_carries_the_current_token_after_other_code_parsed_the_header()
    {
        using var invoker = new HttpMessageInvoker(_service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders");
        _service.OnApiCall = request => Task.FromResult(
            new HttpResponseMessage(request.Headers.Authorization!.Parameter is "token-1" or "token-2" ? HttpStatusCode.OK : HttpStatusCode.BadRequest));

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        _service.Clock.Advance(TimeSpan.FromHours(1));
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Request_can_ask_for_other_scopes()
    {
        var asked = new List<string>();
        _service.OnTokenRequest = async (n, request) =>
        {
            asked.Add(await request.Content!.ReadAsStringAsync());
            return StubbedResponse.CreateToken($"token-{n}");
        };

        await _service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("orders/write", "orders/audit"));
        await _service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("orders/audit", "orders/write", "orders/write"));
        await _service.CallApiAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], _service.ApiCalls);
        Assert.Equal(2, asked.Count);
        Assert.Contains("scope=orders%2Faudit+orders%2Fwrite", asked[0], StringComparison.Ordinal);
        Assert.Contains("scope=orders%2Fread", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_keeps_its_scopes_when_it_is_sent_again()
    {
        using var invoker = new HttpMessageInvoker(_service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders").WithCognitoScopes("orders/write");

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        await _service.GetTokenAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public void Scopes_on_a_request_with_an_authorization_header_throw()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        var error = Assert.Throws<InvalidOperationException>(() => request.WithCognitoScopes("a/b"));
        Assert.Contains("Remove the header, or do not ask for a token.", error.Message, StringComparison.Ordinal);
        Assert.Equal("Basic", request.Headers.Authorization.Scheme);
        Assert.Throws<ArgumentException>(() => request.WithCognitoScopes());
        Assert.Throws<ArgumentException>(() => request.WithCognitoScopes("a b"));
    }

    [Fact]
    public async Task Request_is_not_sent_without_a_token()
    {
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CognitoTokenException>(() => _service.CallApiAsync());

        Assert.Empty(_service.ApiCalls);
    }

    [Theory]
    [InlineData("https://other.example.com/orders", "other.example.com")]
    [InlineData("https://api.example.com:8443/orders", "api.example.com:8443")]
    [InlineData("http://api.example.com/orders", "https")]
    [InlineData("https://api.example.com.evil.example/orders", "api.example.com.evil.example")]
    [InlineData("https://api.example.com@evil.example/orders", "evil.example")]
    public async Task Request_to_an_address_that_is_not_allowed_is_not_sent_and_the_error_says_why(string address, string named)
    {
        await _service.GetTokenAsync();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => _service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, address)));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_service.ApiCalls);
    }

    [Fact]
    public async Task Token_is_not_sent_again_after_a_redirect_to_another_origin()
    {
        // SocketsHttpHandler removes the header when it follows a redirect. After the 401 of the other origin, the header must not be added again.
        _service.OnApiCall = request =>
        {
            request.RequestUri = new Uri("https://elsewhere.example/");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync());

        Assert.Single(_service.ApiCalls);
        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Retry_after_a_redirect_goes_to_the_original_address()
    {
        await using var service = new StubbedService(options => options.BaseAddress = null);
        var addresses = new List<string>();
        service.OnApiCall = request =>
        {
            addresses.Add(request.RequestUri!.AbsoluteUri);
            // SocketsHttpHandler changes the message like this when it follows a redirect.
            request.RequestUri = new Uri("https://elsewhere.example/steal");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(addresses.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        };
        using var invoker = new HttpMessageInvoker(service.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders").WithCognitoScopes("orders/write");

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        await service.GetTokenAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["https://api.example.com/orders", "https://api.example.com/orders"], addresses);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], service.ApiCalls);
    }

    [Fact]
    public async Task Token_is_not_replaced_after_a_redirect_that_ends_in_401()
    {
        _service.OnApiCall = request =>
        {
            request.RequestUri = new Uri("https://api.example.com/elsewhere");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync());

        Assert.Single(_service.ApiCalls);
        Assert.Equal(1, _service.TokenRequests);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private sealed class RetryingHandler(ResiliencePipeline<HttpResponseMessage> pipeline, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
    }
}
