namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>The clock of this machine is wrong, and everything else is right.</summary>
public sealed class ClockFaultTests : DoctorTestBase
{
    [Theory]
    [InlineData(10, "ahead of")]
    [InlineData(-10, "behind")]
    public async Task Wrong_clock_is_reported_as_the_first_fault(int minutes, string direction)
    {
        await ApplyAsync();
        Clock = new ShiftedClock(TimeSpan.FromMinutes(minutes));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "clock", ExitCode.Failed);
        Assert.Matches($"is (59[0-9]|60[0-9]) s {direction} the server's", FindingOf(run, "clock"));
        Assert.Equal("passed", VerdictOf(run, "verification"));
    }

    [Fact]
    public async Task Wrong_clock_is_reported_as_the_cause_if_the_token_looks_expired()
    {
        await ApplyAsync();
        Clock = new ShiftedClock(TimeSpan.FromHours(2));

        var run = await ExamineAsync();

        AssertFirstFailed(run, "clock", ExitCode.Failed);
        Assert.Contains("(Expired)", FindingOf(run, "verification"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clock_difference_of_30_seconds_is_accepted()
    {
        await ApplyAsync();
        Clock = new ShiftedClock(TimeSpan.FromSeconds(30));

        Assert.Equal(ExitCode.Success, (await ExamineAsync()).Code);
    }

    [Fact]
    public async Task Server_that_does_not_say_the_time_leaves_the_clock_unknown()
    {
        await using var server = new RawServer(request => request.StartsWith("GET", StringComparison.Ordinal)
            ? RawServer.Respond(405)
            : RawServer.RespondJson(400, """{"error":"invalid_client"}"""));
        WriteSection($"http://127.0.0.1:{server.Port}/oauth2/token");

        Assert.Equal("unknown", VerdictOf(await ExamineAsync(), "clock"));
    }

    private sealed class ShiftedClock(TimeSpan shift) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + shift;
    }
}
