using System.Net;
using CognitoM2M.Shared;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;
using CognitoM2M.Verification.Tests.Support;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>One download: its limits of time and size, and responses that are not key sets.</summary>
public sealed class KeySetDownloadTests : RemoteKeySetTest
{
    private static readonly (string Name, Func<HttpRequestMessage, HttpResponseMessage> Answer, string Problem, string Kind)[] _badResponses =
    [
        ("redirect", _ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://evil.example/") } }, "the server answered with status 302", "302"),
        ("redirect that was followed", _ => AnswerFrom("https://evil.example/keys?x=1"), "the server redirected to 'https://evil.example/keys', and redirects are not accepted", "redirect"),
        ("404", _ => new HttpResponseMessage(HttpStatusCode.NotFound), "the server answered with status 404, so the address is probably wrong; check the user pool id and the region", "404"),
        ("500", _ => new HttpResponseMessage(HttpStatusCode.InternalServerError), "the server answered with status 500", "500"),
        ("204", _ => new HttpResponseMessage(HttpStatusCode.NoContent), "the server answered with status 204", "204"),
        ("429", _ => new HttpResponseMessage(HttpStatusCode.TooManyRequests), "the server answered with status 429", "429"),
        ("499", _ => new HttpResponseMessage((HttpStatusCode)499), "the server answered with status 499", "499"),
        ("599", _ => new HttpResponseMessage((HttpStatusCode)599), "the server answered with status 599", "599"),
        ("206", _ => new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new StringContent(TestKey.CreateKeySet(TestKey.Access)) }, "the server answered with status 206", "206"),
        ("HTML", _ => KeySetServer.CreateResponse("<html>Sign in</html>"), "the key set is text that is not JSON, or an object with a name twice", "not_a_key_set"),
        ("empty text", _ => KeySetServer.CreateResponse(""), "the key set is text that is not JSON, or an object with a name twice", "not_a_key_set"),
        ("an array", _ => KeySetServer.CreateResponse("[]"), "the key set is JSON that is not an object but an array", "not_a_key_set"),
        ("other bytes", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x1F, 0x8B, 0xFF, 0]) }, "the key set is text that is not UTF-8", "not_a_key_set"),
        ("no keys", _ => KeySetServer.CreateResponse("""{"keys":[]}"""), "the key set has no RSA key for RS256 signatures with a kid and at least 2,048 bits", "not_a_key_set"),
        ("no array", _ => KeySetServer.CreateResponse("{}"), "the key set has no array 'keys' of objects", "not_a_key_set"),
        ("keys that are not an array", _ => KeySetServer.CreateResponse("""{"keys":{}}"""), "the key set has no array 'keys' of objects", "not_a_key_set"),
        ("a key that is not an object", _ => KeySetServer.CreateResponse("""{"keys":[1]}"""), "the key set has no array 'keys' of objects", "not_a_key_set"),
        ("too long, with a Content-Length", _ => KeySetServer.CreateResponse(new string(' ', 256 * 1024) + TestKey.CreateKeySet(TestKey.Access)), "the response is longer than 256 KiB", "too_long"),
        ("endless", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(sendsSpaces: true)) }, "the response is longer than 256 KiB", "too_long"),
        ("a TLS error", _ => throw new HttpRequestException(HttpRequestError.SecureConnectionError), "the server could not be reached (HttpRequestException)", "unreachable"),
        ("a handler that throws", _ => throw new InvalidOperationException("mark"), "the server could not be reached (InvalidOperationException)", "unreachable"),
        ("a handler that returns null", _ => null!, "the server could not be reached (InvalidOperationException)", "unreachable"),
    ];

    public static TheoryData<string> BadResponses { get; } = [.. _badResponses.Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(BadResponses))]
    public async Task Response_that_is_not_a_key_set_keeps_current_keys_in_use(string name)
    {
        var (_, answer, problem, _) = _badResponses.Single(bad => bad.Name == name);
        await FindAsync(AccessId);
        Server.OnRequest = (request, _) => Task.FromResult(answer(request));
        Setup.Clock.Advance(TimeSpan.FromHours(1));

        KeySet.FindHeld(AccessId);
        await WaitForDownloadAsync();

        Assert.True(HoldsUsualKey());
        Assert.Equal(problem, KeySet.Status.Problem);
    }

    [Theory]
    [InlineData(
        HttpRequestError.ConnectionError,
        "http://127.0.0.1:9595/keys",
        "no connection to 127.0.0.1:9595, which belongs to this machine or container itself, so the emulator is probably not running here")]
    [InlineData(
        HttpRequestError.ConnectionError,
        "http://localhost:9595/keys",
        "no connection to localhost:9595, which belongs to this machine or container itself, so the emulator is probably not running here")]
    [InlineData(HttpRequestError.ConnectionError, "https://keys.example/keys", "no connection to keys.example")]
    [InlineData(HttpRequestError.NameResolutionError, "https://keys.example/keys", "the host name keys.example does not resolve")]
    public async Task Connection_error_is_explained(HttpRequestError error, string address, string problem)
    {
        Server.OnRequest = (_, _) => throw new HttpRequestException(error);

        var outcome = await new KeySetDownload(new Uri(address), Server.CreateClient, Setup.Clock).FetchAsync(mayRepeat: true, default);

        Assert.Equal((problem, "unreachable", 2), (outcome.Problem, outcome.ErrorType, Server.Requests));
    }

    [Theory]
    [MemberData(nameof(BadResponses))]
    public async Task Only_a_failure_that_may_pass_is_followed_by_a_second_request_at_once(string name)
    {
        var (_, answer, problem, kind) = _badResponses.Single(bad => bad.Name == name);
        Server.OnRequest = (request, _) => Task.FromResult(answer(request));
        var download = new KeySetDownload(new Uri("https://x.example/"), Server.CreateClient, Setup.Clock);

        var patient = await download.FetchAsync(mayRepeat: false, default);
        var requests = Server.Requests;
        var urgent = await download.FetchAsync(mayRepeat: true, default);

        Assert.Equal((problem, kind), (patient.Problem, patient.ErrorType));
        Assert.Equal((problem, kind), (urgent.Problem, urgent.ErrorType));
        Assert.Equal(1, requests);
        Assert.Equal(kind is "429" or "500" or "599" or "unreachable" ? 2 : 1, Server.Requests - requests);
    }

    [Fact]
    public async Task Exception_of_the_handler_is_logged_with_the_outage()
    {
        await FindAsync(AccessId);
        Server.OnRequest = (_, _) => throw new InvalidOperationException("mark");
        Setup.Clock.Advance(TimeSpan.FromHours(1));

        KeySet.FindHeld(AccessId);
        await WaitForDownloadAsync();

        Assert.Contains(Setup.Log.Lines, line => line.Contains("System.InvalidOperationException: mark", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Key_set_of_exactly_256_KiB_is_accepted()
    {
        var keySet = TestKey.CreateKeySet(TestKey.Access);
        Server.KeySet = keySet + new string(' ', (256 * 1024) - keySet.Length);

        Assert.NotNull((await FindAsync(AccessId)).Key);
    }

    [Fact]
    public async Task HttpClient_that_cannot_be_created_is_a_failed_download()
    {
        var keys = new RemoteKeySet(
            new KeySetDownload(new Uri("https://x.example/"), () => throw new InvalidOperationException("no client"), Setup.Clock), isUsual: true, Setup.Clock, new QuietLogger(Setup.Log), default);

        var lookup = await keys.FindAsync(AccessId, default);

        Assert.Equal("the server could not be reached (InvalidOperationException)", lookup.Problem);
    }

    [Fact]
    public async Task Request_names_no_other_content_type_than_JSON()
    {
        string? accept = null;
        Server.OnRequest = (request, _) =>
        {
            accept = request.Headers.Accept.ToString();
            return Task.FromResult(KeySetServer.CreateResponse(Server.KeySet));
        };

        await FindAsync(AccessId);

        Assert.Equal("application/json", accept);
    }

    private static HttpResponseMessage AnswerFrom(string address)
    {
        var response = KeySetServer.CreateResponse(TestKey.CreateKeySet(TestKey.Access));
        response.RequestMessage = new HttpRequestMessage(HttpMethod.Get, address);
        return response;
    }
}
