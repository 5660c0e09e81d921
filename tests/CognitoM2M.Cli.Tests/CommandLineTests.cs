namespace CognitoM2M.Cli.Tests;

public sealed class CommandLineTests : ToolTest
{
    [Fact]
    public async Task Help_lists_every_exit_code()
    {
        var run = await RunAsync("apply", "--help");

        Assert.Equal(ExitCode.Success, run.Code);
        foreach (var code in Enum.GetValues<ExitCode>())
            Assert.Matches($@"(?m)^ +{(int)code}  \S", run.Output);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("plan", "--bogus")]
    [InlineData("plan", "--endpoint-url", "127.0.0.1:9595")]
    [InlineData("plan", "--region", "Ireland")]
    [InlineData("apply", "--allow", "everything")]
    [InlineData("apply", "--timeout", "soon")]
    [InlineData("emulate", "--port", "65536")]
    [InlineData("rotate-secret", "--client", "billing")]
    [InlineData("rotate-secret", "--secrets", "secrets.json")]
    [InlineData("token", "--client", "a", "--section", "b:c")]
    [InlineData("init", "--prefix", "shop", "--no-domain")]
    public async Task A_wrong_command_line_is_explained_on_standard_error_alone(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("--help", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Without_a_command_the_help_is_shown()
    {
        var run = await RunAsync();

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("Commands:", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "localhost")]
    [InlineData("AWS_REGION", "Ireland")]
    public async Task A_wrong_environment_variable_is_named(string name, string value)
    {
        Variables[name] = value;

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(name, run.Error, StringComparison.Ordinal);
        Assert.Contains($"'{value}'", run.Error, StringComparison.Ordinal);
    }
}
