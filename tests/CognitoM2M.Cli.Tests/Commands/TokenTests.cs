namespace CognitoM2M.Cli.Tests.Commands;

public sealed class TokenTests : ToolTestBase
{
    [Fact]
    public async Task Only_the_token_is_printed()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(2, run.Output.TrimEnd().Count(character => character == '.'));
        Assert.DoesNotContain(' ', run.Output);
    }

    [Fact]
    public async Task Json_says_when_the_token_expires()
    {
        await ApplyAsync();

        var token = (await RunAsync("token", "--config", SecretsPath, "--json")).Json;

        Assert.Equal("Bearer", token.GetProperty("tokenType").GetString());
        Assert.Equal("orders/read", Assert.Single(token.GetProperty("scopes").EnumerateArray()).GetString());
        var left = token.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Decoding_shows_header_and_claims_but_not_the_token()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath, "--client", "billing", "--decode");

        Assert.Equal("RS256", run.Json.GetProperty("header").GetProperty("alg").GetString());
        Assert.Equal("orders/read", run.Json.GetProperty("claims").GetProperty("scope").GetString());
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("OAuth2")]
    [InlineData("GetClientToken")]
    public async Task Options_with_a_secret_from_standard_input_need_no_file(string route)
    {
        await ApplyAsync();
        Input = ReadStoredSecret() + "\n";

        var run = await RunAsync("token", "--client-id", ClientId, "--client-secret-file", "-", "--route", route);

        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public async Task Environment_variable_overrides_the_file()
    {
        await ApplyAsync();
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = new string('x', 40);

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Credentials, run.Code);
        Assert.DoesNotContain(new string('x', 40), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scope_that_the_app_client_may_not_have_is_refused()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath, "--scope", "orders/write");

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("orders/write", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_endpoint_without_a_server_has_the_exit_code_unreachable()
    {
        const string NoServer = "http://127.0.0.1:9/oauth2/token";
        Write(SecretsPath, CreateSection($$"""{ "TokenEndpoint": "{{NoServer}}", "ClientId": "abc", "ClientSecret": "def", "FirstFetchAttempts": 1 }"""));

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task Address_that_is_not_a_token_endpoint_has_the_exit_code_unreachable()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath, "--token-endpoint", new Uri(Cognito.BaseAddress, "nowhere").ToString());

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task Missing_secret_file_of_the_configuration_has_the_exit_code_for_secrets()
    {
        Write(SecretsPath, CreateSection(
            $$"""{ "TokenEndpoint": "{{Cognito.TokenEndpoint}}", "ClientId": "abc", "ClientSecretFile": "missing" }"""));

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Secret, run.Code);
    }

    [Theory]
    [InlineData("cognito-m2m")]
    [InlineData("dotnet cognito-m2m")]
    public async Task File_of_an_api_is_recognized_and_nothing_is_to_be_written_into_it(string commandName)
    {
        CommandName = commandName;
        Write(SecretsPath, """{ "Authentication": { "Schemes": { "CognitoM2M": { "UserPoolId": "eu-west-1_AbCdEf123" } } } }""");

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains($"'{SecretsPath}' belongs to an API: ", run.Error, StringComparison.Ordinal);
        Assert.Contains($"use '{commandName} verify'.", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("apply", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_errors_of_the_settings_are_listed()
    {
        Write(SecretsPath, CreateSection("""{ "Domian": "shop-m2m", "ClientId": "abc" }"""));

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("Domian", run.Error, StringComparison.Ordinal);
        Assert.Contains("ClientSecret", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--config", "missing.json")]
    public async Task Message_about_missing_settings_says_how_to_give_them(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("apply --secrets", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Message_about_a_file_that_is_not_json_does_not_quote_the_file()
    {
        Write(SecretsPath, """{ "CognitoM2M": { "Clients": { "billing": { "ClientSecret": "topsecret" "ClientId": "abc" } } } }""");

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.DoesNotContain("topsecret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Several_app_clients_need_a_choice()
    {
        Write(SecretsPath, """{ "CognitoM2M": { "Clients": { "billing": { "ClientId": "a" }, "reports": { "ClientId": "b" } } } }""");

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Ambiguous, run.Code);
        Assert.Contains("'billing', 'reports'", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_replaces_a_contradicting_setting_of_the_file()
    {
        await ApplyAsync();
        Write(SecretsPath, CreateSection(
            $$"""{ "Domain": "shop-m2m", "Region": "eu-west-1", "ClientId": "{{ClientId}}", "ClientSecret": "{{ReadStoredSecret()}}" }"""));

        var run = await RunAsync("token", "--config", SecretsPath, "--token-endpoint", Cognito.TokenEndpoint.ToString());

        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public async Task Secret_from_a_file_replaces_the_secret_of_the_configuration()
    {
        await ApplyAsync();
        Write(PathOf("secret"), ReadStoredSecret());
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = new string('x', 40);

        var run = await RunAsync("token", "--config", SecretsPath, "--client-secret-file", PathOf("secret"));

        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Theory]
    [InlineData("--token-endpoint")]
    [InlineData("--region", "--domain", "shop")]
    [InlineData("--region", "--route", "GetClientToken")]
    [InlineData("--domain", "--domain", "shop", "--route", "GetClientToken")]
    [InlineData("--token-endpoint", "--domain", "shop", "--region", "cn-north-1")]
    public async Task Client_id_without_an_endpoint_names_the_option_to_add(string option, params string[] given)
    {
        Variables.Clear();
        Input = "secret";

        var run = await RunAsync(["token", "--client-id", "abc", "--client-secret-file", "-", .. given]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(option, run.Error, StringComparison.Ordinal);
    }

    private string ClientId => Cognito.UserPools[0].AppClients[0].ClientId;

    private static string CreateSection(string client) => $$"""{ "CognitoM2M": { "Clients": { "billing": {{client}} } } }""";
}
