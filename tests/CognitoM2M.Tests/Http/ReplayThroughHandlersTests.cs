using System.Net;
using System.Text;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Http;

/// <summary>A call that is sent once more goes through the handlers behind the token handler again. They get it as they got it the first time.</summary>
public sealed class ReplayThroughHandlersTests
{
    private readonly List<string> _sent = [];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_that_adds_a_header_adds_it_once_to_each_request(bool synchronous)
    {
        await using var api = CreateApi((request, next) =>
        {
            request.Headers.Add("X-Api-Key", "key");
            request.Headers.Add("X-Region", "eu");
            return next(request);
        });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(api, "a", synchronous));

        Assert.Equal(["PUT a Bearer token-1; X-Caller: a,b; X-Api-Key: key; X-Region: eu", "PUT a Bearer token-2; X-Caller: a,b; X-Api-Key: key; X-Region: eu"], _sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Handler_that_changes_the_body_changes_the_body_of_the_caller_both_times(bool synchronous)
    {
        await using var api = CreateApi(async (request, next) =>
        {
            request.Content = new StringContent($"<{await request.Content!.ReadAsStringAsync()}>");
            return await next(request);
        });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(api, "a", synchronous));

        Assert.Equal(["PUT <a> Bearer token-1; X-Caller: a,b", "PUT <a> Bearer token-2; X-Caller: a,b"], _sent);
    }

    [Fact]
    public async Task Body_that_a_handler_has_made_a_stream_is_sent_again_from_the_body_of_the_caller()
    {
        await using var api = CreateApi(async (request, next) =>
        {
            request.Content = new StreamContent(new MemoryStream(await request.Content!.ReadAsByteArrayAsync()));
            return await next(request);
        });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(api, "a", synchronous: false));

        Assert.Equal(["PUT a Bearer token-1; X-Caller: a,b", "PUT a Bearer token-2; X-Caller: a,b"], _sent);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Caller_gets_the_401_if_a_handler_has_disposed_the_body(bool synchronous)
    {
        await using var api = CreateApi(async (request, next) =>
        {
            using var body = request.Content!;
            request.Content = new StringContent(await body.ReadAsStringAsync());
            return await next(request);
        });

        Assert.Equal(HttpStatusCode.Unauthorized, await CallAsync(api, "a", synchronous));

        Assert.Equal(["PUT a Bearer token-1; X-Caller: a,b"], _sent);
    }

    [Fact]
    public async Task Handler_that_sends_another_method_finds_the_method_of_the_caller_again()
    {
        await using var api = CreateApi((request, next) =>
        {
            if (request.Method == HttpMethod.Put)
            {
                request.Headers.Add("X-HTTP-Method-Override", request.Method.Method);
                request.Method = HttpMethod.Post;
            }

            return next(request);
        });

        Assert.Equal(HttpStatusCode.OK, await CallAsync(api, "a", synchronous: false));

        Assert.Equal(
            ["POST a Bearer token-1; X-Caller: a,b; X-HTTP-Method-Override: PUT", "POST a Bearer token-2; X-Caller: a,b; X-HTTP-Method-Override: PUT"], _sent);
    }

    [Fact]
    public async Task Call_with_scopes_of_its_own_and_many_headers_keeps_its_headers()
    {
        await using var api = CreateApi((request, next) =>
        {
            request.Headers.Add("X-Api-Key", "key");
            return next(request);
        });
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example.com/orders") { Content = new StringContent("a") }.WithCognitoScopes("orders/write");
        for (var i = 0; i < 100; i++)
            request.Headers.Add($"X-Caller-{i}", "a");

        Assert.Equal(HttpStatusCode.OK, await api.CallAsync(request));

        Assert.All(_sent, sent => Assert.Equal(102, sent.Split("; ").Length));
        Assert.Equal(2, _sent.Count);
    }

    private static async Task<HttpStatusCode> CallAsync(ApiBehindHandlers api, string body, bool synchronous)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, "https://api.example.com/orders") { Content = new StringContent(body) };
        request.Headers.Add("X-Caller", ["a", "b"]);
        return await api.CallAsync(request, synchronous);
    }

    private ApiBehindHandlers CreateApi(Func<HttpRequestMessage, Func<HttpRequestMessage, Task<HttpResponseMessage>>, Task<HttpResponseMessage>> inside)
    {
        var api = new ApiBehindHandlers(inside: () => new InlineHandler(inside));
        api.OnCall = request =>
        {
            var headers = request.Headers.Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal)).Select(header => $"; {header.Key}: {string.Join(',', header.Value)}");
            using var body = new MemoryStream();
            request.Content!.CopyTo(body, context: null, CancellationToken.None);
            _sent.Add($"{request.Method} {Encoding.UTF8.GetString(body.ToArray())} {request.Headers.Authorization}{string.Concat(headers)}");
            return new HttpResponseMessage(request.Headers.Authorization?.Parameter == "token-1" ? HttpStatusCode.Unauthorized : HttpStatusCode.OK);
        };
        return api;
    }
}
