using System.Collections;

namespace CognitoM2M.Cli.Tests;

public sealed class ToolHostTests
{
    [Theory]
    [InlineData(true, "eu-west-1")]
    [InlineData(false, null)]
    public void Case_of_a_variable_name_is_ignored_only_on_Windows(bool isWindows, string? expected)
    {
        var variables = ToolHost.ReadVariables(new Hashtable { ["Aws_Region"] = "eu-west-1" }, isWindows);

        Assert.Equal(expected, variables.GetValueOrDefault("AWS_REGION"));
    }
}
