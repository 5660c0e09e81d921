namespace CognitoM2M.Cli.Tests.Commands;

public sealed class DestroyTests : ToolTestBase
{
    [Fact]
    public async Task Confirmed_destroy_deletes_everything()
    {
        await ApplyAsync();

        var run = await RunAsync("destroy", BlueprintPath, "--yes");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Without_a_terminal_the_plan_is_shown_and_nothing_is_deleted()
    {
        await ApplyAsync();

        var run = await RunAsync("destroy", BlueprintPath);

        Assert.Equal(ExitCode.ConfirmationRequired, run.Code);
        Assert.Contains("- delete user pool 'shop'", run.Output, StringComparison.Ordinal);
        Assert.Single(Cognito.UserPools);
    }

    [Fact]
    public async Task Question_names_the_user_pool()
    {
        await ApplyAsync();
        Answer = false;

        var run = await RunAsync("destroy", BlueprintPath);

        Assert.Equal(ExitCode.Cancelled, run.Code);
        Assert.Contains(Cognito.UserPools[0].Id, Assert.Single(Questions), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Protected_user_pool_is_deleted_only_with_the_override()
    {
        ChangeBlueprint("\"name\": \"shop\"", "\"name\": \"shop\", \"deletionProtection\": true");
        await ApplyAsync();

        var refused = await RunAsync("destroy", BlueprintPath, "--yes");
        var overridden = await RunAsync("destroy", BlueprintPath, "--yes", "--override-deletion-protection");

        Assert.Equal(ExitCode.ConfirmationRequired, refused.Code);
        Assert.Equal(ExitCode.Success, overridden.Code);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Destroy_without_a_user_pool_succeeds()
    {
        var run = await RunAsync("destroy", BlueprintPath, "--json");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(0, run.Json.GetProperty("steps").GetArrayLength());
    }
}
