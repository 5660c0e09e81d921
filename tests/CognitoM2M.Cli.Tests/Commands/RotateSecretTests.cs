namespace CognitoM2M.Cli.Tests.Commands;

public sealed class RotateSecretTests : ToolTestBase
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task New_secret_is_in_the_file_and_nowhere_else(params string[] options)
    {
        await ApplyAsync();
        var old = ReadStoredSecret();

        var run = await RunAsync(["rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.NotEqual(old, ReadStoredSecret());
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(ReadStoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("token", "--config", SecretsPath)).Code);
    }

    [Fact]
    public async Task Only_the_new_secret_is_printed_on_request()
    {
        await ApplyAsync();
        var old = ReadStoredSecret();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, "--show-secret");

        Assert.Contains(ReadStoredSecret(), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task App_client_outside_the_blueprint_has_the_exit_code_not_found()
    {
        await ApplyAsync();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "nobody", "--secrets", SecretsPath);

        Assert.Equal(ExitCode.NotFound, run.Code);
    }
}
