using CognitoM2M.Provisioning.Service.Aws;

namespace CognitoM2M.Provisioning.Tests.Service.Aws;

public sealed class EmulatorCredentialsTests
{
    private static readonly Uri _emulator = new("http://127.0.0.1:9595");

    [Fact]
    public void AWS_gets_no_made_up_credentials()
    {
        Assert.Null(EmulatorCredentials.Find(new(), "https://cognito-idp.eu-west-1.amazonaws.com/", new Dictionary<string, string>().GetValueOrDefault));
    }

    [Fact]
    public void Emulator_gets_made_up_credentials()
    {
        Assert.NotNull(EmulatorCredentials.Find(new() { EmulatorAddress = _emulator }, address: null, new Dictionary<string, string>().GetValueOrDefault));
    }

    [Theory]
    [InlineData("http://127.0.0.1:9595/")]
    [InlineData("http://localhost:4566/")]
    [InlineData("http://[::1]:5000/")]
    [InlineData("http://cognito:9229/")]
    public void Loopback_address_or_plain_http_gets_made_up_credentials(string address)
    {
        Assert.NotNull(EmulatorCredentials.Find(new(), address, new Dictionary<string, string>().GetValueOrDefault));
        Assert.Null(EmulatorCredentials.Find(new(), address, new Dictionary<string, string> { ["AWS_PROFILE"] = "mine" }.GetValueOrDefault));
    }

    [Fact]
    public void Profile_in_the_options_is_used_with_an_emulator_too()
    {
        Assert.Null(EmulatorCredentials.Find(new() { EmulatorAddress = _emulator, Profile = "mine" }, address: null, new Dictionary<string, string>().GetValueOrDefault));
    }

    [Theory]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    public void Credentials_in_the_environment_are_used_with_an_emulator_too(string variable)
    {
        var variables = new Dictionary<string, string> { [variable] = "mine" };

        Assert.Null(EmulatorCredentials.Find(new() { EmulatorAddress = _emulator }, address: null, variables.GetValueOrDefault));
    }
}
