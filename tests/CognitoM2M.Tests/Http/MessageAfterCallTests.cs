using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A message shows no token once its answer is there, and it can still be sent again.</summary>
public sealed class MessageAfterCallTests
{
    private const string Orders = "https://api.example.com/orders";

    [Theory]
    [InlineData(true, HttpStatusCode.OK)]
    [InlineData(false, HttpStatusCode.OK)]
    [InlineData(true, HttpStatusCode.Unauthorized)]
    [InlineData(false, HttpStatusCode.Unauthorized)]
    public async Task Message_shows_no_token_after_the_call(bool synchronous, HttpStatusCode status)
    {
        await using var api = new ApiBehindHandlers();
        api.OnCall = _ => new HttpResponseMessage(status);
        using var plain = new HttpRequestMessage(HttpMethod.Get, Orders);
        using var scoped = new HttpRequestMessage(HttpMethod.Get, Orders).WithCognitoScopes("orders/write");

        await api.CallAsync(plain, synchronous);
        await api.CallAsync(scoped, synchronous);

        Assert.Contains(api.Calls, call => call.EndsWith("Bearer token-1", StringComparison.Ordinal));
        Assert.DoesNotContain("token-", plain.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("token-", scoped.ToString(), StringComparison.Ordinal);
        Assert.False(plain.Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_shows_no_token_after_an_exception(bool synchronous)
    {
        await using var api = new ApiBehindHandlers();
        api.OnCall = _ => throw new HttpRequestException("connection refused");
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);

        await Assert.ThrowsAsync<HttpRequestException>(() => api.CallAsync(request, synchronous));

        Assert.Single(api.Calls);
        Assert.False(request.Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_shows_no_token_after_an_exception_of_a_handler_that_makes_no_task(bool isFresh)
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler((_, _) => throw new NotSupportedException("From the handler.")));
        if (isFresh)
            await api.Service.GetTokenAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);

        await Assert.ThrowsAsync<NotSupportedException>(() => api.CallAsync(request));

        Assert.False(request.Headers.Contains("Authorization"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_whose_address_a_handler_rewrote_shows_no_token_and_its_own_address_after_the_call(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler((request, next) =>
        {
            request.RequestUri = new Uri($"{Orders}?api-version=1");
            return next(request);
        }));
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);

        await api.CallAsync(request, synchronous);

        Assert.Equal([$"{Orders}?api-version=1 Bearer token-1"], api.Calls);
        Assert.Equal(new Uri(Orders), request.RequestUri);
        Assert.False(request.Headers.Contains("Authorization"));
    }

    // As HttpClient does it: it removes the Authorization header, and the message has the final address.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Message_shows_where_a_redirect_went(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(inside: () => new InlineHandler((request, next) =>
        {
            request.Headers.Authorization = null;
            request.RequestUri = new Uri("https://elsewhere.example/orders");
            return next(request);
        }));
        using var request = new HttpRequestMessage(HttpMethod.Get, Orders);
        request.Headers.Accept.ParseAdd("application/json");

        await api.CallAsync(request, synchronous);

        Assert.Equal(["https://elsewhere.example/orders -"], api.Calls);
        Assert.Equal(new Uri("https://elsewhere.example/orders"), request.RequestUri);
    }

    [Fact]
    public async Task Asynchronous_call_does_not_block_its_thread_while_the_token_is_fetched()
    {
        await using var service = new StubbedService();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        service.OnTokenRequest = (_, _) => answer.Task;

        var call = service.CallApiAsync();
        answer.SetResult(Testing.StubbedResponse.CreateToken("token-1"));

        Assert.Equal(HttpStatusCode.OK, await call);
    }

    [Fact]
    public async Task Message_shows_no_token_after_a_slow_call()
    {
        await using var service = new StubbedService();
        await service.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        service.OnApiCall = _ => answer.Task;
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");

        var call = service.CallApiAsync(request);
        Assert.Equal("Bearer token-1", request.Headers.Authorization!.ToString());
        answer.SetResult(new HttpResponseMessage(HttpStatusCode.OK));
        await call;

        Assert.False(request.Headers.Contains("Authorization"));
    }

    [Fact]
    public async Task Message_of_the_response_shows_no_token()
    {
        await using var service = new StubbedService();
        service.OnApiCall = request => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { RequestMessage = request });
        using var client = service.CreateHttpClient();

        using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));

        Assert.DoesNotContain("token-", response.RequestMessage!.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Retry_gets_the_token_again(bool synchronous)
    {
        await using var api = new ApiBehindHandlers(() => InlineHandler.CreateRetry());
        api.OnCall = _ => new HttpResponseMessage(api.Calls.Count % 2 == 1 ? HttpStatusCode.ServiceUnavailable : HttpStatusCode.OK);

        await api.CallAsync(new HttpRequestMessage(HttpMethod.Get, Orders).WithCognitoScopes("orders/write"), synchronous);
        await api.CallAsync(Orders, synchronous);

        Assert.Equal([$"{Orders} Bearer token-1", $"{Orders} Bearer token-1", $"{Orders} Bearer token-2", $"{Orders} Bearer token-2"], api.Calls);
        Assert.Equal(2, api.Service.TokenRequests);
    }
}
