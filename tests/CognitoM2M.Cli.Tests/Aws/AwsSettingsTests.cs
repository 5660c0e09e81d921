using CognitoM2M.Cli.Aws;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests.Aws;

public sealed class AwsSettingsTests : ToolTest
{
    private AwsCognitoUserPoolApiOptions? _options;

    [Fact]
    public async Task Options_win_over_environment_variables()
    {
        Variables["AWS_REGION"] = "us-east-1";
        Variables["AWS_PROFILE"] = "theirs";

        var options = await OptionsAsync("--region", "eu-north-1", "--profile", "mine", "--endpoint-url", "https://cognito.example.com");

        Assert.Equal("eu-north-1", options.Region);
        Assert.Equal("mine", options.Profile);
        Assert.Equal(new Uri("https://cognito.example.com"), options.EndpointUrl);
    }

    [Fact]
    public async Task Environment_variables_are_those_of_the_AWS_CLI()
    {
        Variables["AWS_DEFAULT_REGION"] = "us-east-2";
        Variables["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = "https://cognito.example.com";

        var options = await OptionsAsync();

        Assert.Equal("us-east-2", options.Region);
        Assert.Equal(new Uri("https://cognito.example.com"), options.EndpointUrl);
    }

    [Fact]
    public async Task An_emulator_gets_made_up_credentials_rather_than_those_for_AWS()
    {
        var options = await OptionsAsync();

        Assert.NotNull(options.Credentials);
        Assert.Equal(AwsSettings.EmulatedRegion, options.Region);
    }

    [Theory]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    public async Task Credentials_that_were_named_are_used_with_an_emulator_too(string variable)
    {
        Variables[variable] = "mine";

        var options = await OptionsAsync();

        Assert.Null(options.Credentials);
    }

    [Fact]
    public async Task On_AWS_everything_is_left_to_its_SDK()
    {
        Variables.Clear();

        var options = await OptionsAsync();

        Assert.Null(options.Credentials);
        Assert.Null(options.EndpointUrl);
        Assert.Null(options.Region);
        Assert.Null(options.Profile);
    }

    private async Task<AwsCognitoUserPoolApiOptions> OptionsAsync(params string[] options)
    {
        Connect = given =>
        {
            _options = given;
            return FailingApi.Refusing("InternalErrorException");
        };
        await RunAsync(["plan", BlueprintPath, .. options]);
        return _options!;
    }
}
