namespace CognitoM2M.Cli.Tests.Commands;

public sealed class OutputsTests : ToolTestBase
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Outputs_hold_what_services_need_and_no_secret(params string[] options)
    {
        await ApplyAsync();

        var run = await RunAsync(["outputs", BlueprintPath, .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        var pool = Assert.Single(Cognito.UserPools);
        Assert.Contains(pool.Issuer, run.Output, StringComparison.Ordinal);
        Assert.Contains(pool.JwksUri.ToString(), run.Output, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(pool.AppClients).ClientId, run.Output, StringComparison.Ordinal);
        Assert.Contains(Cognito.TokenEndpoint.ToString(), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Missing_user_pool_has_the_exit_code_not_found_and_the_message_says_to_apply_first()
    {
        var run = await RunAsync("outputs", BlueprintPath);

        Assert.Equal(ExitCode.NotFound, run.Code);
        Assert.Contains("If the blueprint was not applied here yet, apply it first.", run.Error, StringComparison.Ordinal);
    }
}
