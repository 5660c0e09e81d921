namespace CognitoM2M.Cli.Tests.Commands;

public sealed class RotateSecretTests : ToolTest
{
    [Theory]
    [InlineData]
    [InlineData("--json")]
    public async Task The_new_secret_is_in_the_file_and_nowhere_else(params string[] options)
    {
        await ApplyAsync();
        var old = StoredSecret();

        var run = await RunAsync(["rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, .. options]);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.NotEqual(old, StoredSecret());
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
        Assert.DoesNotContain(StoredSecret(), run.Everything, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Success, (await RunAsync("token", "--config", SecretsPath)).Code);
    }

    [Fact]
    public async Task Asked_for_the_new_secret_alone_is_shown()
    {
        await ApplyAsync();
        var old = StoredSecret();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "billing", "--secrets", SecretsPath, "--show-secret");

        Assert.Contains(StoredSecret(), run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain(old, run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_app_client_that_the_blueprint_does_not_have_is_not_found()
    {
        await ApplyAsync();

        var run = await RunAsync("rotate-secret", BlueprintPath, "--client", "nobody", "--secrets", SecretsPath);

        Assert.Equal(ExitCode.NotFound, run.Code);
    }
}
