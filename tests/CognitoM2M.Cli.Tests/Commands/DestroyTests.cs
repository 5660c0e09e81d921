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
    public async Task Destroy_without_a_terminal_shows_the_plan_and_deletes_nothing()
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

    [Fact]
    public async Task User_pool_with_an_app_client_of_others_stays_and_the_plan_says_why()
    {
        await ApplyAsync();
        var web = Cognito.UserPools[0].CreateAppClient("web", "orders/read");

        var run = await RunAsync("destroy", BlueprintPath, "--yes");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Same(web, Assert.Single(Assert.Single(Cognito.UserPools).AppClients));
        Assert.Contains("- delete app client 'billing'", run.Output, StringComparison.Ordinal);
        Assert.Contains("  stays: user pool 'shop'", run.Output, StringComparison.Ordinal);
        Assert.Contains("it has what the blueprint does not name: 1 app client", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("delete user pool", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whole_user_pool_is_deleted_only_with_allow_whole_user_pool()
    {
        await ApplyAsync();
        Cognito.UserPools[0].CreateAppClient("web", "orders/read");

        var run = await RunAsync("destroy", BlueprintPath, "--yes", "--allow-whole-user-pool");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("app client: 'web'", run.Output, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Fact]
    public async Task Destroy_keeps_an_adopted_user_pool()
    {
        var pool = Cognito.CreateUserPool("shop");
        Assert.Equal(ExitCode.Success, (await RunAsync("apply", BlueprintPath, "--yes", "--adopt")).Code);

        var run = await RunAsync("destroy", BlueprintPath, "--yes", "--json");

        Assert.Same(pool, Assert.Single(Cognito.UserPools));
        Assert.Empty(pool.AppClients);
        Assert.Contains("it was not created from a blueprint", run.Json.GetProperty("staying")[0].GetString(), StringComparison.Ordinal);
    }
}
