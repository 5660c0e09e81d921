namespace CognitoM2M.Cli.Tests;

/// <summary>Command lines, environment variables and profiles that are wrong as a whole.</summary>
public sealed class WrongCommandLineTests : ToolTestBase
{
    [Theory]
    [InlineData("--json")]
    [InlineData("--yes")]
    [InlineData("--wait")]
    public async Task Value_of_an_option_that_takes_none_is_refused(string option)
    {
        var run = await RunAsync("apply", BlueprintPath, $"{option}=false");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"error: {option}: takes no value.", run.Error, StringComparison.Ordinal);
        Assert.Empty(Cognito.UserPools);
    }

    [Theory]
    [InlineData("bogus")]
    [InlineData("plan", "--bogus")]
    [InlineData("plan", "one.json", "two.json")]
    [InlineData("plan", "--region")]
    [InlineData("plan", "--region", "eu-west-1", "--region", "eu-west-2")]
    [InlineData("apply", "--wait-timeout", "5")]
    [InlineData("init", "--prefix", "shop", "--no-domain")]
    [InlineData("apply", "--kms-key", "11111111-2222-3333-4444-555555555555")]
    [InlineData("rotate-secret", "--secrets", "secrets.json", "--kms-key", "11111111-2222-3333-4444-555555555555")]
    [InlineData("policy", "--kms-key", "11111111-2222-3333-4444-555555555555")]
    [InlineData("user", "create", "--temprary", "--show-secret")]
    [InlineData("user", "delete", "--bogus")]
    [InlineData("user", "bogus")]
    [InlineData("user")]
    [InlineData("rotate-secret", "--secrets", "secrets.json", "--keep-old", "--finish")]
    [InlineData("rotate-secret", "--secrets", "secrets.json", "--keep-old", "--delete-after", "5")]
    [InlineData("rotate-secret", "--secrets", "secrets.json", "--finish", "--superseded-secret-id", "abc--1")]
    [InlineData("rotate-secret", "--client", "billing")]
    [InlineData("token", "--client", "a", "--section", "b:c")]
    [InlineData("token", "--domain", "shop", "--token-endpoint", "https://example.com/oauth2/token")]
    [InlineData("token", "--client-id", "abc")]
    [InlineData("doctor", "cognito-m2m.json", "--domain", "shop")]
    [InlineData("doctor", "cognito-m2m.json", "--client-id", "abc", "--config", "secrets.json")]
    [InlineData("verify", "--any-client")]
    [InlineData("verify", "--user-pool-id", "eu-west-1_a")]
    [InlineData("verify", "--user-pool-id", "eu-west-1_a", "--any-client", "--client-id", "b")]
    [InlineData("verify", "--user-pool-id", "eu-west-1_a", "--any-client", "--bogus")]
    [InlineData("emulate", "--check-signatures")]
    public async Task Wrong_command_line_is_explained_on_standard_error_only(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("error: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Theory]
    [InlineData("AWS_ENDPOINT_URL", "localhost")]
    [InlineData("AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "ftp://localhost")]
    [InlineData("AWS_REGION", "Ireland")]
    [InlineData("AWS_DEFAULT_REGION", "us_east_1")]
    public async Task Wrong_environment_variable_is_named(string name, string value)
    {
        Variables[name] = value;

        var run = await RunAsync("plan", BlueprintPath);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith($"error: {name}: '{value}' ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Profile_that_does_not_exist_is_named_in_one_sentence()
    {
        var run = await RunAsync("plan", BlueprintPath, "--profile", "no such profile", "--region", "eu-west-1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("error: There is no AWS profile 'no such profile'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Wrong_command_line_is_also_reported_as_a_document_with_json()
    {
        var run = await RunAsync("plan", BlueprintPath, "--bogus", "--json");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Equal((int)ExitCode.Usage, run.Json.GetProperty("error").GetProperty("exitCode").GetInt32());
    }
}
