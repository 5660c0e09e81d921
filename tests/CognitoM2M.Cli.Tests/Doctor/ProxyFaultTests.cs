using System.Net;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>A proxy stands between this machine and the token endpoint, and fails in one way.</summary>
public sealed class ProxyFaultTests : DoctorTestBase
{
    [Theory]
    [InlineData(407, "wants a user name and a password")]
    [InlineData(403, "Have the proxy allow this host")]
    public async Task Proxy_that_refuses_the_connection_is_reported(int status, string remedy)
    {
        await using var proxy = new RawServer(_ => RawServer.Respond(status));
        Use(proxy.Port);

        var run = await ExamineAsync();

        AssertFirstFailed(run, "proxy", ExitCode.Unreachable);
        Assert.Contains($"refuses the connection to auth.example.com with status {status}", FindingOf(run, "proxy"), StringComparison.Ordinal);
        Assert.Contains(remedy, Find(run, "proxy").GetProperty("remedy").GetString(), StringComparison.Ordinal);
        Assert.All(proxy.Requests, request => Assert.StartsWith("CONNECT auth.example.com:443 ", request, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Proxy_address_without_a_proxy_is_reported()
    {
        Use(port: 9);

        var run = await ExamineAsync();

        AssertFirstFailed(run, "connection", ExitCode.Unreachable);
        Assert.Contains("the proxy 127.0.0.1:9", FindingOf(run, "connection"), StringComparison.Ordinal);
        Assert.Equal("Nobody listens at this address. Check host and port.", Find(run, "connection").GetProperty("remedy").GetString());
        Assert.DoesNotContain("pa55word", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proxy_that_cuts_the_connection_it_has_opened_is_reported()
    {
        await using var proxy = new RawServer(_ => "HTTP/1.1 200 Connection established\r\n\r\n");
        Use(proxy.Port);

        var run = await ExamineAsync();

        AssertFirstFailed(run, "tls", ExitCode.Unreachable);
        Assert.Equal("passed", VerdictOf(run, "proxy"));
    }

    [Fact]
    public async Task Proxy_that_hangs_is_reported()
    {
        var clock = new Testing.ManualClock();
        Clock = clock;
        await using var proxy = new RawServer(_ => null);
        Use(proxy.Port);

        var running = ExamineAsync();
        await proxy.Hanging.Task;
        clock.Advance(TimeSpan.FromSeconds(10));

        AssertFirstFailed(await running, "proxy", ExitCode.TimedOut);
    }

    [Fact]
    public async Task Token_endpoint_on_loopback_does_not_go_through_the_proxy()
    {
        await ApplyAsync();
        HttpProxy = new WebProxy("http://127.0.0.1:9");

        var run = await ExamineAsync();

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal("skipped", VerdictOf(run, "proxy"));
    }

    private void Use(int port)
    {
        HttpProxy = new WebProxy($"http://user:pa55word@127.0.0.1:{port}");
        WriteSection("https://auth.example.com/oauth2/token");
    }
}
