using System.Net;
using System.Net.Sockets;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>Each test breaks one thing between this machine and the token endpoint.</summary>
public sealed class NetworkFaultTests : DoctorTestBase
{
    private const string NoSuchHost = "https://shop-m2m.auth.eu-west-1.amazoncognito.com/oauth2/token";

    [Fact]
    public async Task Host_name_that_does_not_exist_is_reported()
    {
        ResolveHostAsync = (_, _) => Task.FromException<IPAddress[]>(new SocketException((int)SocketError.HostNotFound));
        WriteSection(NoSuchHost);

        var run = await ExamineAsync();

        AssertFirstFailed(run, "name-resolution", ExitCode.Unreachable);
        Assert.Contains("shop-m2m.auth.eu-west-1.amazoncognito.com does not resolve (HostNotFound)", FindingOf(run, "name-resolution"), StringComparison.Ordinal);
        Assert.Equal("skipped", VerdictOf(run, "token-request"));
        // The account says why: there is no such domain.
        Assert.Equal("failed", VerdictOf(run, "domain"));
    }

    [Fact]
    public async Task Host_name_that_the_system_does_not_know_is_reported()
    {
        WriteSection("https://no-such-host.invalid/oauth2/token");

        AssertFirstFailed(await ExamineAsync(), "name-resolution", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Host_name_without_an_address_is_reported()
    {
        ResolveHostAsync = (_, _) => Task.FromResult<IPAddress[]>([]);
        WriteSection(NoSuchHost);

        AssertFirstFailed(await ExamineAsync(), "name-resolution", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Name_server_that_does_not_answer_is_reported()
    {
        var clock = new ManualClock();
        Clock = clock;
        ResolveHostAsync = async (_, cancellationToken) =>
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, clock, cancellationToken);
            return [];
        };
        WriteSection("https://auth.example.com/oauth2/token");

        var run = await clock.RunAsync(ExamineAsync(), skip: TimeSpan.FromSeconds(10));

        AssertFirstFailed(run, "name-resolution", ExitCode.TimedOut);
    }

    [Fact]
    public async Task Port_without_a_server_is_reported()
    {
        WriteSection("http://127.0.0.1:9/oauth2/token");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "connection", ExitCode.Unreachable);
        Assert.Equal("Nobody listens at this address. Check that the emulator is running, and its port.", Find(run, "connection").GetProperty("remedy").GetString());
        Assert.Equal("skipped", VerdictOf(run, "clock"));
    }

    [Fact]
    public async Task Connection_whose_packets_are_dropped_is_reported()
    {
        // Linux drops the packets of new connections while nobody accepts the ones that wait. Other systems refuse them.
        if (!OperatingSystem.IsLinux())
            return;

        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(backlog: 0);
        var address = (IPEndPoint)listener.LocalEndPoint!;
        var waiting = Enumerable.Range(0, 3).Select(_ => new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)).ToList();
        var connecting = waiting.ConvertAll(socket => socket.ConnectAsync(address));
        var clock = new ManualClock();
        Clock = clock;
        WriteSection($"http://127.0.0.1:{address.Port}/oauth2/token");

        var run = await clock.RunAsync(ExamineAsync(), skip: TimeSpan.FromSeconds(10));
        waiting.ForEach(socket => socket.Dispose());

        AssertFirstFailed(run, "connection", ExitCode.TimedOut);
        await Task.WhenAll(connecting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    [Fact]
    public async Task Server_that_hangs_is_reported()
    {
        await AssertHangIsFoundAsync(request => null, "answer");
    }

    [Fact]
    public async Task Server_that_hangs_after_the_secret_was_sent_is_reported()
    {
        await AssertHangIsFoundAsync(request => request.StartsWith("POST", StringComparison.Ordinal) ? null : RawServer.Respond(405), "token-request");
    }

    [Fact]
    public async Task Server_that_closes_the_connection_is_reported()
    {
        await using var server = new RawServer(_ => "");
        WriteSection(Address(server));

        AssertFirstFailed(await ExamineAsync(), "answer", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Server_that_does_not_speak_HTTP_is_reported()
    {
        await using var server = new RawServer(_ => "SSH-2.0-OpenSSH_9.6\r\n\r\n");
        WriteSection(Address(server));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "answer", ExitCode.Unreachable);
        Assert.Contains("is not HTTP", FindingOf(run, "answer"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Location: http://portal.example/login\r\n", 302, "redirects to http://portal.example")]
    [InlineData("Location: https://amazoncognito.com.evil.example/\r\n", 307, "redirects to https://amazoncognito.com.evil.example")]
    [InlineData("Location: https://not-amazon.com/\r\n", 302, "redirects to https://not-amazon.com")]
    [InlineData("", 511, "status 511")]
    [InlineData("", 407, "status 407")]
    [InlineData("Content-Type: text/html\r\n", 200, "HTML page")]
    public async Task Captive_portal_and_other_pages_are_found_before_the_secret_is_sent(string headers, int status, string finding)
    {
        await using var server = new RawServer(_ => RawServer.Respond(status, headers, "<html>Sign in</html>"));
        WriteSection(Address(server));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "answer", ExitCode.Unreachable);
        Assert.Contains(finding, FindingOf(run, "answer"), StringComparison.Ordinal);
        Assert.All(server.Requests, request => Assert.StartsWith("GET ", request, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Location: /login\r\n")]
    [InlineData("Location: https://aws.amazon.com/cognito\r\n")]
    public async Task Redirect_that_may_be_Cognitos_own_does_not_stop_the_examination(string headers)
    {
        await using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? RawServer.Respond(302, headers)
            : RawServer.RespondJson(400, """{"error":"invalid_client"}"""));
        WriteSection(Address(server));

        AssertFirstFailed(await ExamineAsync(), "secret", ExitCode.Credentials);
    }

    [Theory]
    [InlineData(200, "invalid_response", ExitCode.Unreachable)]
    [InlineData(403, "http_error", ExitCode.Refused)]
    [InlineData(503, "http_error", ExitCode.Unavailable)]
    [InlineData(429, "http_error", ExitCode.Unavailable)]
    [InlineData(405, "http_error", ExitCode.Unreachable)]
    internal async Task Page_in_place_of_a_token(int status, string error, ExitCode code)
    {
        await using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? RawServer.Respond(405)
            : RawServer.Respond(status, "Content-Type: text/html\r\n", "<html>Busy</html>"));
        WriteSection(Address(server));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "token-request", code);
        Assert.Contains(error, FindingOf(run, "token-request"), StringComparison.Ordinal);
        Assert.Single(server.Requests, request => request.StartsWith("POST", StringComparison.Ordinal));
    }

    private static string Address(RawServer server) => $"http://127.0.0.1:{server.Port}/oauth2/token";

    private async Task AssertHangIsFoundAsync(Func<string, string?> answer, string check)
    {
        var clock = new ManualClock();
        Clock = clock;
        await using var server = new RawServer(answer);
        WriteSection(Address(server));

        var running = ExamineAsync();
        await server.Hanging.Task;
        clock.Advance(TimeSpan.FromSeconds(10));
        var run = await running;

        AssertFirstFailed(run, check, ExitCode.TimedOut);
    }
}
