namespace CognitoM2M.Cli.Tests.Commands;

public sealed class DestroyTests : ToolTest
{
    [Fact]
    public async Task Everything_is_removed_once_confirmed()
    {
        await ApplyAsync();

        var run = await RunAsync("destroy", BlueprintPath, "--yes");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task With_nobody_to_ask_the_plan_is_shown_and_nothing_removed()
    {
        await ApplyAsync();

        var run = await RunAsync("destroy", BlueprintPath);

        Assert.Equal(ExitCode.NeedsAllowance, run.Code);
        Assert.Contains("- delete user pool 'shop'", run.Output, StringComparison.Ordinal);
        Assert.Single(Cognito.UserPools);
    }

    [Fact]
    public async Task The_question_names_the_pool()
    {
        await ApplyAsync();
        Answer = false;

        var run = await RunAsync("destroy", BlueprintPath);

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Contains(Cognito.UserPools[0].Id, Assert.Single(Questions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deletion_protection_is_respected_unless_overridden()
    {
        ChangeBlueprint("\"name\": \"shop\"", "\"name\": \"shop\", \"deletionProtection\": true");
        await ApplyAsync();

        var refused = await RunAsync("destroy", BlueprintPath, "--yes");
        var overridden = await RunAsync("destroy", BlueprintPath, "--yes", "--override-deletion-protection");

        Assert.Equal(ExitCode.NeedsAllowance, refused.Code);
        Assert.Equal(ExitCode.Success, overridden.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Nothing_to_destroy_is_a_success()
    {
        var run = await RunAsync("destroy", BlueprintPath, "--json");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(0, run.Json.GetProperty("steps").GetArrayLength());
    }
}
