namespace CognitoM2M.Cli.Tests.Commands;

public sealed class TokenTests : ToolTest
{
    [Fact]
    public async Task The_token_alone_is_printed()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Equal(2, run.Output.TrimEnd().Count(character => character == '.'));
        Assert.DoesNotContain(' ', run.Output);
    }

    [Fact]
    public async Task Json_says_when_it_expires()
    {
        await ApplyAsync();

        var token = (await RunAsync("token", "--config", SecretsPath, "--json")).Json;

        Assert.Equal("Bearer", token.GetProperty("tokenType").GetString());
        Assert.Equal("orders/read", Assert.Single(token.GetProperty("scopes").EnumerateArray()).GetString());
        var left = token.GetProperty("expiresAt").GetDateTimeOffset() - TimeProvider.System.GetUtcNow();
        Assert.InRange(left, TimeSpan.FromMinutes(55), TimeSpan.FromMinutes(60));
    }

    [Fact]
    public async Task Decoding_shows_header_and_claims_and_not_the_token()
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
    public async Task Options_and_a_secret_from_standard_input_do_without_a_file(string route)
    {
        await ApplyAsync();
        Input = StoredSecret() + "\n";

        var clientId = Cognito.UserPools[0].AppClients[0].ClientId;

        var run = await RunAsync("token", "--client-id", clientId, "--client-secret-file", "-", "--route", route);

        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public async Task Environment_variables_go_before_the_file()
    {
        await ApplyAsync();
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = new string('x', 40);

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Credentials, run.Code);
        Assert.DoesNotContain(new string('x', 40), run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_scope_that_is_not_allowed_is_refused()
    {
        await ApplyAsync();

        var run = await RunAsync("token", "--config", SecretsPath, "--scope", "orders/write");

        Assert.Equal(ExitCode.Refused, run.Code);
        Assert.Contains("orders/write", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_at_the_token_endpoint_is_unreachable()
    {
        const string Nobody = "http://127.0.0.1:9/oauth2/token";
        Write(SecretsPath, Section($$"""{ "TokenEndpoint": "{{Nobody}}", "ClientId": "abc", "ClientSecret": "def", "MaxAttempts": 1 }"""));

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task All_mistakes_of_the_settings_are_listed()
    {
        Write(SecretsPath, Section("""{ "Domian": "shop-m2m", "ClientId": "abc" }"""));

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("Domian", run.Error, StringComparison.Ordinal);
        Assert.Contains("ClientSecret", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("token")]
    [InlineData("token", "--config", "missing.json")]
    public async Task Without_settings_the_ways_to_give_them_are_named(params string[] args)
    {
        var run = await RunAsync(args);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.Contains("apply --secrets", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_not_json_is_explained_without_what_is_in_it()
    {
        Write(SecretsPath, """{ "CognitoM2M": { "Clients": { "billing": { "ClientSecret": "topsecret" "ClientId": "abc" } } } }""");

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.DoesNotContain("topsecret", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Of_several_app_clients_one_has_to_be_chosen()
    {
        Write(SecretsPath, """{ "CognitoM2M": { "Clients": { "billing": { "ClientId": "a" }, "reports": { "ClientId": "b" } } } }""");

        var run = await RunAsync("token", "--config", SecretsPath);

        Assert.Equal(ExitCode.Ambiguous, run.Code);
        Assert.Contains("'billing', 'reports'", run.Error, StringComparison.Ordinal);
    }

    private static string Section(string client) => $$"""{ "CognitoM2M": { "Clients": { "billing": {{client}} } } }""";
}
