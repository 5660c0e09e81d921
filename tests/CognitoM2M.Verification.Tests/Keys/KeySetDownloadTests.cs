using System.Net;
using CognitoM2M.Shared;
using CognitoM2M.Testing.Verdicts;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Tests.Keys;

/// <summary>One download: its limits of time and size, and responses that are not key sets.</summary>
public sealed class KeySetDownloadTests : RemoteKeySetTest
{
    private const string TimedOut = "the server did not answer within 5 seconds";

    private static readonly (string Name, Func<HttpRequestMessage, HttpResponseMessage> Answer, string Problem)[] _badResponses =
    [
        ("redirect", _ => new HttpResponseMessage(HttpStatusCode.Found) { Headers = { Location = new Uri("https://evil.example/") } }, "the server answered with status 302"),
        ("redirect that was followed", _ => AnswerFrom("https://evil.example/keys?x=1"), "the server redirected to 'https://evil.example/keys', and redirects are not accepted"),
        ("404", _ => new HttpResponseMessage(HttpStatusCode.NotFound), "the server answered with status 404"),
        ("500", _ => new HttpResponseMessage(HttpStatusCode.InternalServerError), "the server answered with status 500"),
        ("204", _ => new HttpResponseMessage(HttpStatusCode.NoContent), "the server answered with status 204"),
        ("206", _ => new HttpResponseMessage(HttpStatusCode.PartialContent) { Content = new StringContent(TestKey.CreateKeySet(TestKey.Access)) }, "the server answered with status 206"),
        ("HTML", _ => KeySetServer.CreateResponse("<html>Sign in</html>"), "the key set is text that is not JSON, or an object with a name twice"),
        ("empty text", _ => KeySetServer.CreateResponse(""), "the key set is text that is not JSON, or an object with a name twice"),
        ("an array", _ => KeySetServer.CreateResponse("[]"), "the key set is JSON that is not an object but an array"),
        ("other bytes", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new ByteArrayContent([0x1F, 0x8B, 0xFF, 0]) }, "the key set is text that is not UTF-8"),
        ("no keys", _ => KeySetServer.CreateResponse("""{"keys":[]}"""), "the key set has no RSA key for RS256 signatures with a kid and at least 2,048 bits"),
        ("no array", _ => KeySetServer.CreateResponse("{}"), "the key set has no array 'keys' of objects"),
        ("keys that are not an array", _ => KeySetServer.CreateResponse("""{"keys":{}}"""), "the key set has no array 'keys' of objects"),
        ("a key that is not an object", _ => KeySetServer.CreateResponse("""{"keys":[1]}"""), "the key set has no array 'keys' of objects"),
        ("too long, with a Content-Length", _ => KeySetServer.CreateResponse(new string(' ', 256 * 1024) + TestKey.CreateKeySet(TestKey.Access)), "the response is longer than 256 KiB"),
        ("endless", _ => new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(sendsSpaces: true)) }, "the response is longer than 256 KiB"),
        ("a handler that throws", _ => throw new InvalidOperationException("mark"), "the server could not be reached (InvalidOperationException)"),
        ("a handler that returns null", _ => null!, "the server could not be reached (InvalidOperationException)"),
    ];

    public static TheoryData<string> BadResponses { get; } = [.. _badResponses.Select(bad => bad.Name)];

    [Theory]
    [MemberData(nameof(BadResponses))]
    public async Task Response_that_is_not_a_key_set_keeps_current_keys_in_use(string name)
    {
        var (_, answer, problem) = _badResponses.Single(bad => bad.Name == name);
        await FindAsync(AccessId);
        Server.OnRequest = (request, _) => Task.FromResult(answer(request));
        Setup.Clock.Advance(TimeSpan.FromHours(1));

        KeySet.FindHeld(AccessId);
        await WaitForDownloadAsync();

        Assert.True(HoldsUsualKey());
        Assert.Equal(problem, KeySet.Status.Problem);
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
    public async Task Slow_server_has_five_seconds_to_answer()
    {
        Server.Hold();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(4.9));
        Assert.False(caller.IsCompleted);
        Setup.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(TimedOut, (await caller).Problem);
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task Server_that_stops_in_the_middle_of_its_response_has_five_seconds()
    {
        Server.OnRequest = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StreamContent(new EndlessStream(sendsSpaces: false)) });
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(TimedOut, (await caller).Problem);
    }

    [Fact]
    public async Task Both_attempts_of_the_first_download_share_five_seconds()
    {
        var first = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnRequest = (_, cancellationToken) => Server.Requests == 1
            ? first.Task.WaitAsync(cancellationToken)
            : new TaskCompletionSource<HttpResponseMessage>().Task.WaitAsync(cancellationToken);
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();
        Setup.Clock.Advance(TimeSpan.FromSeconds(4));
        first.SetResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        await WaitForRequestAsync(requests: 2);

        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(TimedOut, (await caller).Problem);
    }

    [Fact]
    public async Task Download_that_timed_out_is_not_attempted_a_second_time()
    {
        Server.OnRequest = async (_, cancellationToken) =>
        {
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return new HttpResponseMessage(HttpStatusCode.ServiceUnavailable);
        };
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal("the server answered with status 503", (await caller).Problem);
        Assert.Equal(1, Server.Requests);
    }

    [Fact]
    public async Task No_download_starts_while_a_download_that_timed_out_is_still_in_the_handler()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        Setup.Clock.Advance(TimeSpan.FromSeconds(0.9));
        var others = Enumerable.Range(0, 20).Select(_ => FindAsync(AccessId)).ToList();

        Assert.False(caller.IsCompleted);
        Assert.NotNull(KeySet.InFlight);
        release.SetResult();
        await Task.WhenAll(others.Append(caller));
        Assert.Equal(1, Server.Requests);
        Assert.Equal(1, Server.MostOpenAtOnce);
    }

    [Fact]
    public async Task Keys_that_come_within_a_second_after_the_time_limit_are_used()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        release.SetResult();

        Assert.NotNull((await caller).Key);
        Assert.Null(KeySet.Status.Problem);
    }

    [Fact]
    public async Task Handler_that_ignores_cancellation_is_left_behind_after_six_seconds()
    {
        var (cancelled, release) = HoldWithoutRegardForCancellation();
        var caller = FindAsync(AccessId);
        await WaitForRequestAsync();

        Setup.Clock.Advance(TimeSpan.FromSeconds(5));
        await cancelled;
        await WaitForRequestAsync();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(TimedOut, (await caller).Problem);
        Server.Recover();
        Setup.Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.NotNull((await FindAsync(AccessId)).Key);
        release.SetResult();
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

    /// <summary>The server answers when the source is completed, also if the request was cancelled before; the task ends with the cancellation.</summary>
    private (Task Cancelled, TaskCompletionSource Release) HoldWithoutRegardForCancellation()
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Server.OnRequest = async (_, cancellationToken) =>
        {
            await using var registration = cancellationToken.Register(() => cancelled.TrySetResult());
            await release.Task;
            return KeySetServer.CreateResponse(Server.KeySet);
        };
        return (cancelled.Task, release);
    }

    /// <summary>A body that never ends. It sends spaces without a pause, or nothing at all until the read is cancelled.</summary>
    private sealed class EndlessStream(bool sendsSpaces) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (!sendsSpaces)
                await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
            buffer.Span.Fill((byte)' ');
            return buffer.Length;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
