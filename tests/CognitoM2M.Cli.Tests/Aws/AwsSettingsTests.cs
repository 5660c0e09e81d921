using CognitoM2M.Cli.Aws;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests.Aws;

public sealed class AwsSettingsTests : ToolTestBase
{
    private CognitoProvisionerOptions? _options;

    [Fact]
    public async Task Option_overrides_the_environment_variable()
    {
        Variables["AWS_REGION"] = "us-east-1";
        Variables["AWS_PROFILE"] = "other";

        var options = await ReadOptionsAsync("--region", "eu-north-1", "--profile", "mine", "--endpoint-url", "https://cognito.example.com");

        Assert.Equal("eu-north-1", options.Region);
        Assert.Equal("mine", options.Profile);
        Assert.Equal(new Uri("https://cognito.example.com"), options.EndpointUrl);
    }

    [Fact]
    public async Task Environment_variables_have_the_names_of_the_AWS_CLI()
    {
        Variables["AWS_DEFAULT_REGION"] = "us-east-2";
        Variables["AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER"] = "https://cognito.example.com";

        var options = await ReadOptionsAsync();

        Assert.Equal("us-east-2", options.Region);
        Assert.Equal(new Uri("https://cognito.example.com"), options.EndpointUrl);
    }

    [Fact]
    public async Task Emulator_gets_invented_credentials_instead_of_AWS_credentials()
    {
        var options = await ReadOptionsAsync();

        Assert.NotNull(options.Credentials);
        Assert.Equal(AwsSettings.EmulatedRegion, options.Region);
    }

    [Theory]
    [InlineData("AWS_PROFILE")]
    [InlineData("AWS_ACCESS_KEY_ID")]
    public async Task Credentials_that_the_user_named_are_used_with_an_emulator_too(string variable)
    {
        Variables[variable] = "mine";

        var options = await ReadOptionsAsync();

        Assert.Null(options.Credentials);
    }

    [Fact]
    public async Task On_AWS_the_SDK_finds_region_and_credentials()
    {
        Variables.Clear();

        var options = await ReadOptionsAsync();

        Assert.Null(options.Credentials);
        Assert.Null(options.EndpointUrl);
        Assert.Null(options.Region);
        Assert.Null(options.Profile);
    }

    private async Task<CognitoProvisionerOptions> ReadOptionsAsync(params string[] options)
    {
        CreateProvisioner = given =>
        {
            _options = given;
            return FailingUserPoolApi.CreateRefusing("InternalErrorException");
        };
        await RunAsync(["plan", BlueprintPath, .. options]);
        return _options!;
    }
}
