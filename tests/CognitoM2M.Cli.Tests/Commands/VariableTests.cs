namespace CognitoM2M.Cli.Tests.Commands;

public sealed class VariableTests : ToolTestBase
{
    [Fact]
    public async Task Variable_of_the_command_line_comes_before_the_environment()
    {
        ChangeBlueprint("\"shop\"", "\"shop-${STAGE}-${REGION_NAME}\"");
        Variables["STAGE"] = "test";
        Variables["REGION_NAME"] = "west";

        var run = await RunAsync("plan", BlueprintPath, "--var", "STAGE=prod");

        Assert.Contains("create user pool 'shop-prod-west'", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variable_that_is_not_set_is_an_error_of_the_file()
    {
        ChangeBlueprint("\"shop\"", "\"shop-${STAGE}\"");

        var run = await RunAsync("apply", BlueprintPath, "--yes");

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("line 2, column 25, userPool.name: the variable 'STAGE' is not set", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("topsecret")]
    [InlineData("1A=topsecret")]
    [InlineData("=topsecret")]
    public async Task Wrong_variable_is_a_usage_error_that_does_not_repeat_the_value(string value)
    {
        var run = await RunAsync("plan", BlueprintPath, "--var", value);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("--var: must be NAME=VALUE.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("topsecret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Variable_that_is_given_twice_is_a_usage_error()
    {
        var run = await RunAsync("plan", BlueprintPath, "--var", "STAGE=a", "--var", "STAGE=b");

        Assert.Equal(ExitCode.Usage, run.Code);
    }
}
