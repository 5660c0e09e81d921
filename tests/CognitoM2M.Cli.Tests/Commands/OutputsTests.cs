namespace CognitoM2M.Cli.Tests.Commands;

public sealed class OutputsTests : ToolTest
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task Services_find_what_they_need_and_no_secret(params string[] options)
    {
        await ApplyAsync();

        var run = await RunAsync(["outputs", BlueprintPath, .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        var pool = Assert.Single(Cognito.UserPools);
        Assert.Contains(pool.Issuer, run.Output, StringComparison.Ordinal);
        Assert.Contains(pool.JwksUri.ToString(), run.Output, StringComparison.Ordinal);
        Assert.Contains(Assert.Single(pool.AppClients).ClientId, run.Output, StringComparison.Ordinal);
        Assert.Contains(Cognito.TokenEndpoint.ToString(), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(StoredSecret(), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_pool_there_are_none()
    {
        Assert.Equal(ExitCode.NotFound, (await RunAsync("outputs", BlueprintPath)).Code);
    }
}
