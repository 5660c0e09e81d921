using System.Globalization;
using CognitoM2M.Cli.Doctor.Observations;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Doctor;

/// <summary>What <c>doctor</c> prints, and what it must not print.</summary>
public sealed class DoctorOutputTests : DoctorTestBase
{
    [Fact]
    public async Task Text_names_the_first_wrong_thing_and_what_to_do()
    {
        await ApplyAsync();
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = Secret;

        var run = await RunAsync("doctor", "--config", SecretsPath);

        Assert.Equal(ExitCode.Credentials, run.Code);
        Assert.Contains($"The first thing that is wrong: secret.{Environment.NewLine}", run.Output, StringComparison.Ordinal);
        Assert.Matches(@"(?m)^failed   secret           Cognito answered with invalid_client\.\r?\n {26}-> \S", run.Output);
        Assert.StartsWith("This command changes nothing. It requests one token if every check", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Ids_are_shortened_unless_the_user_wants_them_whole()
    {
        await ApplyAsync();
        var (poolId, clientId) = (Cognito.UserPools[0].Id, Cognito.UserPools[0].AppClients[0].ClientId);

        var shortened = await ExamineAsync("--report");
        var whole = await ExamineAsync("--report", "--full-ids");

        Assert.DoesNotContain(poolId, shortened.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(clientId, shortened.Everything, StringComparison.Ordinal);
        Assert.Contains(poolId[..14] + "...", shortened.Output, StringComparison.Ordinal);
        Assert.Contains(poolId, whole.Output, StringComparison.Ordinal);
        Assert.Contains(clientId, whole.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Neither_secret_nor_token_is_printed(bool isFullIds)
    {
        await ApplyAsync();

        var run = await ExamineAsync(isFullIds ? ["--report", "--full-ids"] : ["--report"]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_of_settings_that_are_not_valid_is_not_printed()
    {
        // The message about the region quotes the region.
        const string Value = "Not-A-Region";
        Write(
            SecretsPath,
            $$"""{ "CognitoM2M": { "Clients": { "billing": { "Domain": "acme", "Region": "{{Value}}", "ClientId": "abc123", "ClientSecret": "{{Value}}" } } } }""");

        var run = await ExamineAsync();

        AssertFirstFailed(run, "settings", ExitCode.InvalidFile);
        Assert.Contains("[secret]", run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(Value, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Report_answers_every_question_and_changes_nothing()
    {
        await ApplyAsync();
        Cognito.JsonApiRequests.Reset();
        Cognito.TokenRequests.Reset();

        var run = await ExamineAsync("--user-pool-id", Cognito.UserPools[0].Id, "--report");

        var observations = run.Json.GetProperty("observations").EnumerateArray().ToDictionary(
            one => one.GetProperty("number").GetInt32(), one => one.GetProperty("seen").GetString());
        Assert.All(observations.Values, Assert.NotNull);
        Assert.Equal("status 400, error invalid_client, for an app client that does not exist", observations[2]);
        Assert.Contains("version 2", observations[6], StringComparison.Ordinal);
        Assert.Equal("an empty description", observations[12]);
        Assert.StartsWith("partition aws, issuer at cognito-idp.eu-west-1.amazonaws.com", observations[14], StringComparison.Ordinal);
        Assert.Contains("token_endpoint", observations[17], StringComparison.Ordinal);
        Assert.True(run.Json.GetProperty("isEmulated").GetBoolean());
        Assert.Equal(1, Cognito.TokenRequests.IssuedTokens);
        Assert.All(Cognito.JsonApiRequests.ByOperation.Keys, operation => Assert.Matches("^(Describe|List)", operation));
    }

    [Fact]
    public async Task Report_has_no_observation_if_the_token_endpoint_cannot_be_reached()
    {
        WriteSection("http://127.0.0.1:9/oauth2/token");

        var run = await ExamineAsync("--report");

        Assert.All(run.Json.GetProperty("observations").EnumerateArray(), one => Assert.Equal(System.Text.Json.JsonValueKind.Null, one.GetProperty("seen").ValueKind));
    }

    [Fact]
    public void Documentation_lists_every_question_of_the_report()
    {
        var page = Checkout.Read("docs/design/cognito-facts.md");

        foreach (var observation in ObservationList.All)
            Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"\n{observation.Number}. "), page, StringComparison.Ordinal);
    }

    [Fact]
    public void Documentation_names_every_check()
    {
        var page = Checkout.Read("docs/cli.md");

        foreach (var check in Cli.Doctor.Checks.CheckList.All)
            Assert.Contains($"| `{check.Name}` |", page, StringComparison.Ordinal);
    }
}
