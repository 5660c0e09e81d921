namespace CognitoM2M.Cli.Tests.Commands;

public sealed class ApplyTests : ToolTest
{
    [Fact]
    public async Task With_nobody_to_ask_nothing_is_changed()
    {
        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(ExitCode.NeedsAllowance, run.Code);
        Assert.Contains("--yes", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Theory]
    [InlineData(true, nameof(ExitCode.Success), 1)]
    [InlineData(false, nameof(ExitCode.Cancelled), 0)]
    public async Task A_person_decides(bool answer, string expected, int pools)
    {
        Answer = answer;

        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(expected, run.Code.ToString());
        Assert.Equal("Carry out these 4 steps?", Assert.Single(Questions));
        Assert.Equal(pools, Cognito.UserPools.Count);
    }

    [Fact]
    public async Task With_nothing_to_do_nobody_is_asked_and_outputs_are_printed()
    {
        await ApplyAsync();

        var run = await RunAsync("apply", BlueprintPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains(Cognito.UserPools[0].Id, run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Changes_are_told_on_standard_error_as_they_are_made()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes");

        Assert.Contains("[1/4] create user pool 'shop'", run.Error, StringComparison.Ordinal);
        Assert.Contains("[4/4] ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("[1/4]", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_loss_needs_the_allowance_that_the_message_names()
    {
        await ApplyAsync();
        ChangeBlueprint(", { \"name\": \"write\" }", "");

        var refused = await RunAsync("apply", BlueprintPath, "--yes");
        var allowed = await RunAsync("apply", BlueprintPath, "--yes", "--allow", "scope");

        Assert.Equal(ExitCode.NeedsAllowance, refused.Code);
        Assert.Contains("--allow scope", refused.Error, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, allowed.Code);
    }

    [Fact]
    public async Task Nobody_is_asked_about_a_loss_that_is_not_allowed()
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
    public async Task No_secret_is_shown_unless_asked_for(params string[] options)
    {
        var run = await RunAsync(["apply", BlueprintPath, "--yes", "--secrets", SecretsPath, "--wait", .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.DoesNotContain(StoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.Contains(SecretsPath, run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task A_secret_asked_for_is_shown_also_when_the_file_holds_it_already(params string[] options)
    {
        await ApplyAsync();

        var run = await RunAsync(["apply", BlueprintPath, "--show-secret", "--secrets", SecretsPath, .. options]);

        Assert.Contains(StoredSecret(), run.Output, StringComparison.Ordinal);
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
    public async Task Secrets_that_cannot_be_stored_stop_the_run_before_anything_is_made()
    {
        var run = await RunAsync("apply", BlueprintPath, "--yes", "--secrets", Path.Combine(PathOf("missing"), "secrets.json"));

        Assert.NotEqual(ExitCode.Success, run.Code);
        Assert.NotEqual(ExitCode.Failed, run.Code);
        Assert.Empty(Cognito.UserPools);
    }
}
