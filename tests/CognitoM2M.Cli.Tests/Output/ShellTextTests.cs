using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class ShellTextTests
{
    [Theory]
    [InlineData(false, "export AWS_ENDPOINT_URL=http://127.0.0.1:9595 AWS_REGION=eu-west-1")]
    [InlineData(true, "$env:AWS_ENDPOINT_URL = 'http://127.0.0.1:9595'; $env:AWS_REGION = 'eu-west-1'")]
    public void Variables_are_set_in_the_language_of_the_shell(bool isWindows, string expected)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["AWS_ENDPOINT_URL"] = "http://127.0.0.1:9595",
            ["AWS_REGION"] = "eu-west-1",
        };

        Assert.Equal(expected, ShellText.SetVariables(variables, isWindows));
    }
}
