using System.Net;
using System.Net.Http.Json;
using System.Text;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>What happens when the API answers 401 to a token.</summary>
public sealed class RejectionTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task Rejected_token_is_replaced_once_and_the_call_sent_once_more()
    {
        RejectToken("token-1");

        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());

        Assert.Equal(["Bearer token-1", "Bearer token-2", "Bearer token-2"], _world.ApiCalls);
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public void Rejected_token_is_replaced_in_a_synchronous_call_too()
    {
        RejectToken("token-1");
        using var client = _world.Client;

        using var response = client.Send(new HttpRequestMessage(HttpMethod.Get, "orders"));

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
    }

    [Fact]
    public async Task Fifty_calls_with_one_rejected_token_share_one_replacement()
    {
        await _world.GetTokenAsync();
        RejectToken("token-1");

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _world.CallAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.OK, answer));
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Api_that_always_answers_401_costs_one_token_request_in_thirty_seconds()
    {
        await _world.GetTokenAsync();
        _world.OnApiCall = _ => Task.FromResult(Unauthorized("the API's own"));

        for (var call = 0; call < 40; call++)
        {
            using var client = _world.Client;
            using var response = await client.GetAsync(new Uri("orders", UriKind.Relative));
            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("the API's own", await response.Content.ReadAsStringAsync());
            _world.Clock.Advance(TimeSpan.FromMilliseconds(25));
        }

        Assert.Equal(2, _world.TokenRequests);
        Assert.Equal(41, _world.ApiCalls.Count);

        _world.Clock.Advance(TimeSpan.FromSeconds(30));
        await _world.CallAsync();
        Assert.Equal(3, _world.TokenRequests);
    }

    [Fact]
    public async Task Replacement_that_failed_and_is_made_up_for_counts_for_the_thirty_seconds()
    {
        await _world.GetTokenAsync();
        _world.OnApiCall = _ => Task.FromResult(Unauthorized("the API's own"));
        _world.OnTokenRequest = (n, _) => Task.FromResult(n == 2 ? World.Status(HttpStatusCode.ServiceUnavailable) : World.TokenAnswer($"token-{n}"));
        await _world.CallAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(2));
        await _world.GetTokenAsync();
        await _world.SettleAsync();
        Assert.Equal("token-3", await _world.GetTokenAsync());

        await _world.CallAsync();

        Assert.Equal(3, _world.TokenRequests);
    }

    [Fact]
    public async Task Concurrent_calls_to_an_api_that_always_answers_401_all_get_its_401()
    {
        await _world.GetTokenAsync();
        _world.OnApiCall = _ => Task.FromResult(Unauthorized("no"));

        var answers = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => _world.CallAsync()));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Unauthorized, answer));
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Body_that_cannot_be_sent_again_gives_the_401_back_and_the_next_call_has_a_new_token()
    {
        RejectToken("token-1");
        using var body = new MemoryStream(Encoding.UTF8.GetBytes("once"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = new StreamContent(body) };

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync(request));
        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _world.ApiCalls);
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Body_in_memory_is_sent_again_whole()
    {
        var bodies = new List<string>();
        _world.OnApiCall = async request =>
        {
            bodies.Add(await request.Content!.ReadAsStringAsync());
            return request.Headers.Authorization!.Parameter == "token-1" ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK);
        };
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = JsonContent.Create(new { item = "tea" }) };

        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync(request));

        Assert.Equal(["""{"item":"tea"}""", """{"item":"tea"}"""], bodies);
    }

    [Fact]
    public async Task Failing_replacement_gives_the_401_back_and_keeps_the_token_for_others()
    {
        await _world.GetTokenAsync();
        var fails = true;
        _world.OnApiCall = _ => Task.FromResult(fails ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync());
        fails = false;

        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
        Assert.Equal(["Bearer token-1", "Bearer token-1"], _world.ApiCalls);
    }

    [Fact]
    public async Task Replacement_that_failed_is_tried_again_after_its_back_off()
    {
        RejectToken("token-1");
        await _world.GetTokenAsync();
        _world.OnTokenRequest = (n, _) => Task.FromResult(n == 2 ? World.Status(HttpStatusCode.ServiceUnavailable) : World.TokenAnswer($"token-{n}"));

        Assert.Equal(HttpStatusCode.Unauthorized, await _world.CallAsync());
        _world.Clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
        Assert.Equal(3, _world.TokenRequests);
    }

    [Fact]
    public async Task Other_callers_go_on_while_a_rejected_token_is_being_replaced()
    {
        await _world.GetTokenAsync();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (_, _) => answer.Task;
        _world.OnApiCall = request => Task.FromResult(
            request.RequestUri!.AbsolutePath == "/broken" ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
        var rejected = _world.CallAsync(new HttpRequestMessage(HttpMethod.Get, "broken"));

        Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
        answer.SetResult(World.TokenAnswer("token-2"));

        Assert.Equal(HttpStatusCode.Unauthorized, await rejected);
    }

    [Fact]
    public async Task Forbidden_is_the_apis_answer_and_says_nothing_about_the_token()
    {
        _world.OnApiCall = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.Forbidden));

        Assert.Equal(HttpStatusCode.Forbidden, await _world.CallAsync());

        Assert.Equal(1, _world.TokenRequests);
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();

    private static HttpResponseMessage Unauthorized(string body) => new(HttpStatusCode.Unauthorized) { Content = new StringContent(body) };

    private void RejectToken(string token) => _world.OnApiCall = request =>
        Task.FromResult(request.Headers.Authorization!.Parameter == token ? Unauthorized("no") : new HttpResponseMessage(HttpStatusCode.OK));
}
