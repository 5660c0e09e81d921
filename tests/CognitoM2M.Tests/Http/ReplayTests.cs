using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Serialization;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>What a call does with its body when it is sent once more after a rejection.</summary>
public sealed class ReplayTests : IAsyncDisposable
{
    private readonly List<string> _bodies = [];
    private readonly StubbedService _service;
    private bool _replays = true;

    public ReplayTests()
    {
        _service = new StubbedService(options => options.ReplayAfterRejection = _replays);
        _service.OnApiCall = async request =>
        {
            using var sent = new MemoryStream();
            if (request.Content is not null)
                await request.Content.CopyToAsync(sent);
            _bodies.Add(Encoding.UTF8.GetString(sent.ToArray()));
            return new HttpResponseMessage(request.Headers.Authorization!.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        };
    }

    [Fact]
    public async Task Caller_gets_the_answer_of_the_api_if_the_provider_is_disposed_during_the_call()
    {
        await _service.GetTokenAsync();
        _service.OnApiCall = async _ =>
        {
            await ((IAsyncDisposable)_service.Services).DisposeAsync();
            return new HttpResponseMessage(HttpStatusCode.Unauthorized);
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(null, synchronous: false));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Replay_can_be_switched_off_and_the_token_is_replaced_all_the_same(bool synchronous)
    {
        _replays = false;

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(null, synchronous));
        Assert.Equal(HttpStatusCode.OK, await SendAsync(null, synchronous));

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
        Assert.Equal(2, _service.TokenRequests);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Getter_that_throws_the_second_time_leaves_the_caller_the_401(bool synchronous)
    {
        var order = new ReadOnce();

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(JsonContent.Create(order), synchronous));

        Assert.Equal(2, order.Reads);
        Assert.Equal(["Bearer token-1"], _service.ApiCalls);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(null, synchronous));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Json_is_sent_again_and_ignored_getters_do_not_run(bool synchronous)
    {
        var order = new WithIgnoredGetter();

        Assert.Equal(HttpStatusCode.OK, await SendAsync(JsonContent.Create(order), synchronous));

        Assert.Equal(["""{"item":"tea"}""", """{"item":"tea"}"""], _bodies);
    }

    [Fact]
    public async Task Json_in_a_part_of_a_multipart_body_is_sent_again()
    {
        using var body = new MultipartFormDataContent("boundary") { { JsonContent.Create(new { a = 1 }), "json" }, { new StringContent("text"), "text" } };

        Assert.Equal(HttpStatusCode.OK, await SendAsync(body, synchronous: false));

        Assert.Equal(2, _bodies.Count);
        Assert.Equal(_bodies[0], _bodies[1]);
        Assert.Contains("""{"a":1}""", _bodies[1], StringComparison.Ordinal);
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task<HttpStatusCode> SendAsync(HttpContent? body, bool synchronous)
    {
        using var client = _service.CreateHttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "orders") { Content = body };
        using var response = synchronous ? client.Send(request) : await client.SendAsync(request);
        return response.StatusCode;
    }

    private sealed class ReadOnce
    {
        [JsonIgnore]
        public int Reads { get; private set; }

        public string Item => ++Reads == 1 ? "tea" : throw new InvalidOperationException("The getter ran again.");
    }

    private sealed class WithIgnoredGetter
    {
        public string Item { get; } = "tea";

        [JsonIgnore]
        public string Secret => throw new InvalidOperationException("An ignored getter ran.");
    }
}
