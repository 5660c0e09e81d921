using CognitoM2M.Cli.Output;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class ShellTextTests
{
    [Theory]
    [InlineData(false, "a-b_c=/d.e:f", "a-b_c=/d.e:f")]
    [InlineData(false, "it's $HOME", @"'it'\''s $HOME'")]
    [InlineData(false, "", "''")]
    [InlineData(true, @"C:\m2m\a.json", @"C:\m2m\a.json")]
    [InlineData(true, "it's $HOME", "'it''s $HOME'")]
    public void Word_is_quoted_for_the_shell(bool isWindows, string word, string expected)
    {
        Assert.Equal(expected, ShellText.Join([word], isWindows));
    }

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
