namespace CognitoM2M.Cli.Tests.Commands;

public sealed class ApplyTests : ToolTestBase
{
    [Fact]
    public async Task Secrets_of_an_emulator_that_has_forgotten_its_user_pools_are_replaced()
    {
        await ApplyAsync();
        var old = ReadStoredSecret();
        await RunAsync("destroy", BlueprintPath, "--yes");

        await ApplyAsync();

        Assert.NotEqual(old, ReadStoredSecret());
    }

    [Fact]
    public async Task Nothing_is_changed_without_a_terminal_unless_confirmed()
    {
        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(ExitCode.ConfirmationRequired, run.Code);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Theory]
    [InlineData(true, nameof(ExitCode.Success), 1)]
    [InlineData(false, nameof(ExitCode.Cancelled), 0)]
    public async Task Apply_runs_only_if_the_user_answers_yes(bool answer, string expected, int pools)
    {
        Answer = answer;

        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(expected, run.Code.ToString());
        Assert.Equal("Carry out these 4 steps?", Assert.Single(Questions));
        Assert.Equal(pools, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task Plan_without_steps_asks_nothing_and_prints_the_outputs()
    {
        await ApplyAsync();

        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(Cognito.UserPools[0].Id, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_change_is_reported_on_standard_error()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes");

        Assert.Contains("[1/4] create user pool 'shop'", run.Error, StringComparison.Ordinal);
        Assert.Contains("[4/4] ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[1/4]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Destructive_change_needs_the_option_that_the_message_names()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");

        var refused = await RunAsync("apply", BlueprintPath, "--yes");
        var allowed = await RunAsync("apply", BlueprintPath, "--yes", "--allow-destructive", "scope");

        Assert.Equal(ExitCode.ConfirmationRequired, refused.Code);
        Assert.Contains("--allow-destructive scope", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, allowed.Code);
    }

    [Fact]
    public async Task Destructive_change_that_is_not_allowed_asks_nothing()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");
        Answer = true;

        await RunAsync("apply", BlueprintPath);

        Assert.Empty(Questions);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Secret_is_not_printed_by_default(params string[] options)
    {
        var run = await RunAsync(["apply", BlueprintPath, "--yes", "--secrets", SecretsPath, "--wait", .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.Contains(SecretsPath, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Secret_is_printed_on_request_even_if_the_file_holds_it_already(params string[] options)
    {
        await ApplyAsync();

        var run = await RunAsync(["apply", BlueprintPath, "--show-secret", "--secrets", SecretsPath, .. options]);

        Assert.Contains(ReadStoredSecret(), run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_is_one_document_with_steps_and_outputs()
    {
        var document = (await RunAsync("apply", BlueprintPath, "--yes", "--json")).Json;

        Assert.Equal(4, document.GetProperty("steps").GetArrayLength());
        var outputs = document.GetProperty("outputs");
        Assert.Equal(Cognito.UserPools[0].Id, outputs.GetProperty("userPoolId").GetString());
        Assert.Equal(Cognito.TokenEndpoint.ToString(), outputs.GetProperty("tokenEndpoint").GetString());
        Assert.Equal("Both", outputs.GetProperty("appClients")[0].GetProperty("route").GetString());
    }

    [Fact]
    public async Task Missing_folder_of_the_secrets_file_stops_the_run_before_anything_is_created()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Path.Combine(PathOf("missing"), "secrets.json"));

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Empty(Cognito.UserPools);
    }
}
