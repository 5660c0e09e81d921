namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>The API that the tokens are for answers in one way.</summary>
public sealed class ApiCheckTests : DoctorTestBase
{
    [Theory]
    [InlineData(401, 200, "passed", ExitCode.Success)]
    [InlineData(401, 404, "passed", ExitCode.Success)]
    [InlineData(200, 200, "unknown", ExitCode.Success)]
    [InlineData(401, 401, "failed", ExitCode.Failed)]
    [InlineData(401, 403, "failed", ExitCode.Failed)]
    [InlineData(302, 302, "failed", ExitCode.Failed)]
    [InlineData(401, 500, "failed", ExitCode.Unavailable)]
    internal async Task Answers_without_and_with_the_token_decide(int without, int with, string verdict, ExitCode code)
    {
        await ApplyAsync();
        await using var api = new RawServer(request => RawServer.Respond(request.Contains("Bearer ", StringComparison.Ordinal) ? with : without));

        var run = await ExamineAsync("--api", Address(api));

        Assert.Equal(verdict, VerdictOf(run, "api"));
        Assert.Equal(code, run.Code);
        Assert.Contains($"status {without} without the token and with {with} with the token", FindingOf(run, "api"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Api_that_does_not_run_is_reported()
    {
        await ApplyAsync();

        AssertFirstFailed(await ExamineAsync("--api", "http://127.0.0.1:9/orders"), "api", ExitCode.Unreachable);
    }

    [Fact]
    public async Task Api_is_called_once_and_without_a_token_if_no_token_was_issued()
    {
        WriteSection(Cognito.TokenEndpoint.ToString());
        await using var api = new RawServer(_ => RawServer.Respond(401));

        var run = await ExamineAsync("--api", Address(api));

        Assert.Equal("unknown", VerdictOf(run, "api"));
        Assert.Single(api.Requests);
    }

    private static string Address(RawServer api) => $"http://127.0.0.1:{api.Port}/orders";
}
