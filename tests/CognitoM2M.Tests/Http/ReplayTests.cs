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
    public async Task Caller_gets_the_401_if_a_getter_throws_the_second_time(bool synchronous)
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

    [Theory]
    [InlineData("bytes", true)]
    [InlineData("bytes", false)]
    [InlineData("text", false)]
    [InlineData("parts", true)]
    [InlineData("parts", false)]
    [InlineData("a part", true)]
    [InlineData("a part", false)]
    public async Task Caller_gets_the_401_if_a_body_class_of_the_user_throws_the_second_time(string kind, bool synchronous)
    {
        using HttpContent body = kind switch
        {
            "bytes" => new BytesOnce(),
            "text" => new TextOnce(),
            "parts" => new PartsOnce { new StringContent("a") },
            _ => new MultipartFormDataContent { { new BytesOnce(), "a" } },
        };

        Assert.Equal(HttpStatusCode.Unauthorized, await SendAsync(body, synchronous));

        Assert.Equal(["Bearer token-1"], _service.ApiCalls);
        Assert.Equal(HttpStatusCode.OK, await SendAsync(null, synchronous));
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

    private sealed class Once
    {
        private int _writes;

        public void Write()
        {
            if (++_writes > 1)
                throw new InvalidOperationException("The body was written again.");
        }
    }

    private sealed class BytesOnce() : ByteArrayContent([1])
    {
        private readonly Once _once = new();

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _once.Write();
            base.SerializeToStream(stream, context, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            _once.Write();
            return base.SerializeToStreamAsync(stream, context);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
            SerializeToStreamAsync(stream, context);
    }

    private sealed class TextOnce() : StringContent("a")
    {
        private readonly Once _once = new();

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _once.Write();
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }

    private sealed class PartsOnce : MultipartContent
    {
        private readonly Once _once = new();

        protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _once.Write();
            base.SerializeToStream(stream, context, cancellationToken);
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
        {
            _once.Write();
            return base.SerializeToStreamAsync(stream, context, cancellationToken);
        }
    }
}
