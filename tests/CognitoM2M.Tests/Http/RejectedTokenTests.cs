using System.Net;
using System.Net.Http.Json;
using System.Text;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>What happens when the API answers 401 to a token.</summary>
public sealed class RejectedTokenTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Fact]
    public async Task Rejected_token_is_replaced_and_the_call_is_sent_once_more()
    {
        RejectToken("token-1");

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());

        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-2"], _service.ApiCalls);
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public void Synchronous_call_replaces_a_rejected_token_and_is_sent_once_more()
    {
        RejectToken("token-1");
        using var client = _service.CreateHttpClient();

        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Fifty_calls_with_one_rejected_token_share_one_replacement()
    {
        await _service.GetTokenAsync();
        RejectToken("token-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _service.CallApiAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(2, _service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Rejected_response_is_disposed_before_the_call_is_sent_once_more(bool synchronous)
    {
        using var rejected = new TrackedResponse(HttpStatusCode.Unauthorized);
        var disposedBeforeReplay = false;
        _service.OnApiCall = request =>
        {
            if (request.Headers.Authorization!.Parameter == "token-1")
                return Task.FromResult<HttpResponseMessage>(rejected);
            disposedBeforeReplay = rejected.IsDisposed;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK));
        };

        using var response = await SendAsync(synchronous, CancellationToken.None);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.True(disposedBeforeReplay);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Call_that_is_cancelled_during_the_replacement_throws_and_disposes_the_response(bool synchronous)
    {
        using var rejected = new TrackedResponse(HttpStatusCode.Unauthorized);
        using var cancellation = new CancellationTokenSource();
        var asked = new TaskCompletionSource();
        _service.OnApiCall = _ => Task.FromResult<HttpResponseMessage>(rejected);
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };

        var call = SendAsync(synchronous, cancellation.Token);
        await asked.Task;
        Assert.False(rejected.IsDisposed);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        Assert.True(rejected.IsDisposed);
        Assert.Single(_service.ApiCalls);
    }

    [Fact]
    public async Task Request_whose_body_cannot_be_sent_again_gets_the_401_and_the_next_call_carries_a_new_token()
    {
        RejectToken("token-1");
        using var body = new MemoryStream(Encoding.UTF8.GetBytes("once"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = new StreamContent(body) };

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync(request));
        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Body_in_memory_is_sent_again()
    {
        var bodies = new List<string>();
        _service.OnApiCall = async request =>
        {
            bodies.Add(await request.Content!.ReadAsStringAsync());
            return request.Headers.Authorization!.Parameter == "token-1" ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK);
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = JsonContent.Create(new { item = "tea" }) };

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync(request));

        Assert.Equal(["""{"item":"tea"}""", """{"item":"tea"}"""], bodies);
    }

    [Fact]
    public async Task Failed_replacement_returns_the_401_and_keeps_the_token_in_use()
    {
        await _service.GetTokenAsync();
        var fails = true;
        _service.OnApiCall = _ => Task.FromResult(fails ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync());
        fails = false;

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal(["Bearer token-1", "Bearer token-1"], _service.ApiCalls);
    }

    [Fact]
    public async Task Failed_replacement_is_tried_again_after_the_back_off()
    {
        RejectToken("token-1");
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (n, _) => Task.FromResult(n == 2 ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken($"token-{n}"));

        Assert.Equal(HttpStatusCode.Unauthorized, await _service.CallApiAsync());
        _service.Clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal(3, _service.TokenRequests);
    }

    [Fact]
    public async Task Other_calls_use_the_rejected_token_while_its_replacement_is_in_flight()
    {
        await _service.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (_, _) => answer.Task;
        _service.OnApiCall = request => Task.FromResult(
            request.RequestUri!.AbsolutePath == "/broken" ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
        var rejected = _service.CallApiAsync(new HttpRequestMessage(HttpMethod.Get, "broken"));

        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        answer.SetResult(StubbedResponse.CreateToken("token-2"));

        Assert.Equal(HttpStatusCode.Unauthorized, await rejected);
    }

    [Fact]
    public async Task Token_is_not_replaced_after_a_403()
    {
        _service.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden));

        Assert.Equal(HttpStatusCode.Forbidden, await _service.CallApiAsync());

        Assert.Equal(1, _service.TokenRequests);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private static HttpResponseMessage Unauthorized(string body) => new(HttpStatusCode.Unauthorized) { Content = new StringContent(body) };

    private async Task<HttpResponseMessage> SendAsync(bool synchronous, CancellationToken cancellationToken)
    {
        using var client = _service.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, "orders");
        return synchronous
            ? await Task.Run(() => client.Send(request, cancellationToken), CancellationToken.None)
            : await client.SendAsync(request, cancellationToken);
    }

    private void RejectToken(string token) => _service.OnApiCall = request =>
        Task.FromResult(request.Headers.Authorization!.Parameter == token ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
}
