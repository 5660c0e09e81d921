using System.Net;
using System.Net.Http.Headers;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Polly;
using Polly.Retry;

namespace CognitoM2M.Tests.Http;

/// <summary>Which token a request carries.</summary>
public sealed class AttachTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Each_call_carries_the_held_token()
    {
        await _world.CallAsync();
        await _world.CallAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _world.ApiCalls);
    }

    [Fact]
    public void Synchronous_call_carries_a_token_too()
    {
        using var client = _world.Client;

        using var first = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));
        using var second = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));

        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], _world.ApiCalls);
    }

    [Fact]
    public async Task Callers_own_header_is_left_alone_and_costs_no_token()
    {
        var request = new HttpRequestMessage(HttpMethod.Get, "https://elsewhere.example/x");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        await _world.CallAsync(request);

        Assert.Equal(["Basic abc"], _world.ApiCalls);
        Assert.Equal(0, _world.TokenRequests);
    }

    [Fact]
    public async Task Callers_own_header_is_left_alone_when_the_api_answers_401()
    {
        _world.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", "the-callers");

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync(request));

        Assert.Equal(["Bearer the-callers"], _world.ApiCalls);
        Assert.Equal(0, _world.TokenRequests);
    }

    [Fact]
    public async Task Message_sent_again_by_a_retry_handler_takes_the_then_current_token()
    {
        await using var world = new World(services: services => services.AddHttpClient("orders"));
        var retries = new ResiliencePipelineBuilder<HttpResponseMessage>()
            .AddRetry(new RetryStrategyOptions<HttpResponseMessage>
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Result is { StatusCode: HttpStatusCode.ServiceUnavailable }),
                MaxRetryAttempts = 3,
                Delay = TimeSpan.Zero,
            })
            .Build();
        world.OnApiCall = async _ =>
        {
            world.Clock.Advance(TimeSpan.FromHours(1));
            return await Task.FromResult(new HttpResponseMessage(world.ApiCalls.Count < 4 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        };
        using var client = world.Client;
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders");
        using var invoker = new HttpMessageInvoker(new RetryingHandler(retries, world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders")));

        using var response = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-3", "Bearer token-4"], world.ApiCalls);
    }

    [Fact]
    public async Task Own_header_is_recognized_after_others_have_parsed_it()
    {
        using var invoker = new HttpMessageInvoker(_world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders");

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        Assert.Equal("token-1", message.Headers.Authorization!.Parameter);
        _world.Clock.Advance(TimeSpan.FromHours(1));
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
    }

    [Fact]
    public async Task Request_can_ask_for_scopes_of_its_own()
    {
        var asked = new List<string>();
        _world.OnTokenRequest = async (n, request) =>
        {
            asked.Add(await request.Content!.ReadAsStringAsync());
            return World.TokenAnswer($"token-{n}");
        };

        await _world.CallAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("orders/write", "orders/audit"));
        await _world.CallAsync(new HttpRequestMessage(HttpMethod.Get, "orders").WithCognitoScopes("orders/audit", "orders/write", "orders/write"));
        await _world.CallAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-1", "Bearer token-2"], _world.ApiCalls);
        Assert.Equal(2, asked.Count);
        Assert.Contains("scope=orders%2Faudit+orders%2Fwrite", asked[0], StringComparison.Ordinal);
        Assert.Contains("scope=orders%2Fread", asked[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Request_with_scopes_keeps_them_when_sent_again()
    {
        using var invoker = new HttpMessageInvoker(_world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders").WithCognitoScopes("orders/write");

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        await _world.GetTokenAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["Bearer token-1", "Bearer token-1"], _world.ApiCalls);
    }

    [Fact]
    public void Scopes_and_an_own_header_on_one_request_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", "abc");

        Assert.Throws<InvalidOperationException>(() => request.WithCognitoScopes("a/b"));
        Assert.Equal("Basic", request.Headers.Authorization.Scheme);
        Assert.Throws<ArgumentException>(() => request.WithCognitoScopes());
        Assert.Throws<ArgumentException>(() => request.WithCognitoScopes("a b"));
    }

    [Fact]
    public async Task Nothing_is_sent_when_no_token_can_be_had()
    {
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Json("""{"error":"invalid_client"}""", HttpStatusCode.BadRequest));

        await Assert.ThrowsAsync<CognitoTokenException>(() => _world.CallAsync());

        Assert.Empty(_world.ApiCalls);
    }

    [Theory]
    [InlineData("https://other.example.com/orders", "other.example.com")]
    [InlineData("https://api.example.com:8443/orders", "api.example.com:8443")]
    [InlineData("http://api.example.com/orders", "https")]
    [InlineData("https://api.example.com.evil.example/orders", "api.example.com.evil.example")]
    [InlineData("https://api.example.com@evil.example/orders", "evil.example")]
    public async Task Request_to_an_address_that_may_not_have_the_token_fails_unsent_and_says_why(string address, string named)
    {
        await _world.GetTokenAsync();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(() => _world.CallAsync(new HttpRequestMessage(HttpMethod.Get, address)));

        Assert.Equal(CognitoTokenErrors.DestinationNotAllowed, failure.Error);
        Assert.Contains(named, failure.Message, StringComparison.Ordinal);
        Assert.Empty(_world.ApiCalls);
    }

    [Fact]
    public async Task Redirect_to_another_origin_does_not_carry_the_token()
    {
        // HttpClient's own handler takes the header off when it follows a redirect; the 401 of the other origin must not bring it back.
        _world.OnApiCall = request =>
        {
            request.RequestUri = new Uri("https://elsewhere.example/");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync());

        Assert.Single(_world.ApiCalls);
        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Retry_after_a_redirect_goes_back_to_where_the_request_was_meant_to_go()
    {
        await using var world = new World(options => options.BaseAddress = null);
        var addresses = new List<string>();
        world.OnApiCall = request =>
        {
            addresses.Add(request.RequestUri!.AbsoluteUri);
            // What HttpClient's own handler does to the message when it follows a redirect.
            request.RequestUri = new Uri("https://elsewhere.example/steal");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(addresses.Count == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK));
        };
        using var invoker = new HttpMessageInvoker(world.Services.GetRequiredService<IHttpMessageHandlerFactory>().CreateHandler("orders"));
        using var message = new HttpRequestMessage(HttpMethod.Get, "https://api.example.com/orders").WithCognitoScopes("orders/write");

        using var first = await invoker.SendAsync(message, CancellationToken.None);
        await world.GetTokenAsync();
        using var second = await invoker.SendAsync(message, CancellationToken.None);

        Assert.Equal(["https://api.example.com/orders", "https://api.example.com/orders"], addresses);
        Assert.Equal(["Bearer token-1", "Bearer token-1"], world.ApiCalls);
    }

    [Fact]
    public async Task Answer_401_after_a_redirect_says_nothing_about_the_token()
    {
        _world.OnApiCall = request =>
        {
            request.RequestUri = new Uri("https://api.example.com/elsewhere");
            request.Headers.Authorization = null;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.Unauthorized));
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync());

        Assert.Single(_world.ApiCalls);
        Assert.Equal(1, _world.TokenRequests);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private sealed class RetryingHandler(ResiliencePipeline<HttpResponseMessage> pipeline, HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) =>
            await pipeline.ExecuteAsync(async token => await base.SendAsync(request, token), cancellationToken);
    }
}
