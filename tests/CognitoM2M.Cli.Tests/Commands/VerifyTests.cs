namespace CognitoM2M.Cli.Tests.Commands;

public sealed class VerifyTests : ToolTestBase
{
    private string PoolId => Cognito.UserPools[0].Id;

    private string ClientId => Cognito.UserPools[0].AppClients[0].ClientId;

    [Fact]
    public async Task Token_of_the_user_pool_is_valid()
    {
        await GetTokenAsync();

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--client-id", "another", "--client-id", ClientId, "--scope", "orders/read");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.StartsWith("valid until", run.Output, StringComparison.Ordinal);
        Assert.Contains(ClientId, run.Output, StringComparison.Ordinal);
        Assert.Contains("scopes: orders/read", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rejection_says_what_was_expected_and_what_was_found()
    {
        await GetTokenAsync();

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--scope", "orders/write");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("rejected: ScopeMissing", run.Output, StringComparison.Ordinal);
        Assert.Contains("orders/write", run.Output, StringComparison.Ordinal);
        Assert.Contains("do not trust it", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_result_and_claims()
    {
        await GetTokenAsync();

        var valid = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--json");
        var rejected = await RunAsync("verify", "--user-pool-id", PoolId, "--client-id", "another", "--json");

        Assert.True(valid.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("orders/read", valid.Json.GetProperty("claims").GetProperty("scope").GetString());
        Assert.Equal(ExitCode.Failed, rejected.Code);
        Assert.False(rejected.Json.GetProperty("valid").GetBoolean());
        Assert.Equal("clientNotAllowed", rejected.Json.GetProperty("reason").GetString());
        Assert.Contains(ClientId, rejected.Json.GetProperty("actual").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    public async Task Text_that_is_not_a_token_is_rejected(string input)
    {
        await ApplyAsync();
        Input = input;

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("rejected: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Token_whose_content_cannot_be_shown_is_rejected_with_a_reason(bool json)
    {
        await ApplyAsync();
        // The payload is {"iss":"\ud800"}, half of a surrogate pair.
        Input = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJcdWQ4MDAifQ.AAAA";

        var run = await RunAsync(["verify", "--user-pool-id", PoolId, "--any-client", .. json ? ["--json"] : Array.Empty<string>()]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("ayloadNotValid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_on_the_command_line_is_refused_and_not_repeated()
    {
        var run = await RunAsync("verify", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AAAA", "--user-pool-id", "eu-west-1_a", "--any-client");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("standard input", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Copied_authorization_header_is_accepted()
    {
        await GetTokenAsync();
        Input = $"\n Bearer {Input}\n";

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client");

        Assert.Equal(ExitCode.Success, run.Code);
    }

    [Fact]
    public async Task Key_set_can_come_from_a_file_or_an_address()
    {
        await GetTokenAsync();
        using var http = new HttpClient();
        Write(PathOf("jwks.json"), await http.GetStringAsync(Cognito.UserPools[0].JwksUri));
        var address = Cognito.UserPools[0].JwksUri.ToString();
        Variables.Remove("AWS_ENDPOINT_URL");

        var withFile = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--jwks", PathOf("jwks.json"));
        var withAddress = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--jwks", address);

        Assert.Equal((ExitCode.Success, ExitCode.Success), (withFile.Code, withAddress.Code));
    }

    [Theory]
    [InlineData("missing.json", null)]
    [InlineData("broken.json", "{")]
    [InlineData("empty.json", "{\"keys\":[]}")]
    public async Task Key_set_file_that_cannot_be_used_is_named(string file, string? content)
    {
        await GetTokenAsync();
        if (content is not null)
            Write(PathOf(file), content);

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--jwks", PathOf(file));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
        Assert.StartsWith("error: --jwks: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unreachable_key_set_gives_no_result_about_the_token()
    {
        await GetTokenAsync();

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client", "--jwks", new Uri(Cognito.BaseAddress, "nowhere").ToString());

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("could not be verified", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false, "Ctrl+D")]
    [InlineData(true, "Ctrl+Z")]
    public async Task Prompt_names_the_keyboard_key_that_ends_the_input(bool isWindows, string key)
    {
        await GetTokenAsync();
        IsWindows = isWindows;
        Answer = true;

        var run = await RunAsync("verify", "--user-pool-id", PoolId, "--any-client");

        Assert.Contains(key, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Longest_values_that_the_parser_accepts_are_accepted_by_the_verifier()
    {
        Input = "no token";

        var run = await RunAsync(
            "verify", "--user-pool-id", $"eu-west-1_{new string('a', 45)}", "--client-id", new string('+', 128), "--scope", new string('x', 256));

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("rejected: ", run.Output, StringComparison.Ordinal);
    }

    private async Task GetTokenAsync()
    {
        await ApplyAsync();
        Input = (await RunAsync("token", "--config", SecretsPath)).Output;
    }
}
