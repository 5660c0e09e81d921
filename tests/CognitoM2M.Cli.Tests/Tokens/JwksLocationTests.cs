using System.CommandLine;
using CognitoM2M.Cli.Tokens;

namespace CognitoM2M.Cli.Tests.Tokens;

public sealed class JwksLocationTests
{
    [Theory]
    [InlineData("jwks.json")]
    [InlineData("/etc/keys/jwks.json")]
    [InlineData(@"C:\keys\jwks.json")]
    [InlineData(@"\\server\keys\jwks.json")]
    public void Text_without_a_scheme_is_the_path_of_a_file_on_every_operating_system(string path) =>
        Assert.Equal(new JwksLocation(Address: null, path), Parse(path));

    [Theory]
    [InlineData("https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_AbCdEf123/.well-known/jwks.json")]
    [InlineData("http://127.0.0.1:9595/jwks.json")]
    public void Text_with_a_scheme_is_an_address(string address) =>
        Assert.Equal(new JwksLocation(new Uri(address), File: null), Parse(address));

    private static JwksLocation? Parse(string text)
    {
        var option = JwksLocation.CreateOption();
        return new Command("verify") { option }.Parse(["--jwks", text]).GetRequiredValue(option);
    }
}
