namespace CognitoM2M.Cli.Tests.Commands;

public sealed class VerifyTests : ToolTest
{
    private string PoolId => Cognito.UserPools[0].Id;

    private string ClientId => Cognito.UserPools[0].AppClients[0].ClientId;

    [Fact]
    public async Task Token_of_the_pool_is_valid()
    {
        await GetTokenAsync();

        var run = await RunAsync("verify", "--pool", PoolId, "--client", "another", "--client", ClientId, "--scope", "orders/read");

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

        var run = await RunAsync("verify", "--pool", PoolId, "--any-client", "--scope", "orders/write");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("rejected: ScopeMissing", run.Output, StringComparison.Ordinal);
        Assert.Contains("orders/write", run.Output, StringComparison.Ordinal);
        Assert.Contains("not to be believed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Json_holds_verdict_and_claims()
    {
        await GetTokenAsync();

        var valid = await RunAsync("verify", "--pool", PoolId, "--any-client", "--json");
        var rejected = await RunAsync("verify", "--pool", PoolId, "--client", "another", "--json");

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
    public async Task What_is_not_a_token_is_rejected_in_words(string input)
    {
        await ApplyAsync();
        Input = input;

        var run = await RunAsync("verify", "--pool", PoolId, "--any-client");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("rejected: ", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Verdict_is_told_also_of_a_token_that_cannot_be_shown(bool json)
    {
        await ApplyAsync();
        // The payload is {"iss":"\ud800"}, half of a surrogate pair.
        Input = "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.eyJpc3MiOiJcdWQ4MDAifQ.AAAA";

        var run = await RunAsync(["verify", "--pool", PoolId, "--any-client", .. json ? ["--json"] : Array.Empty<string>()]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("ayloadNotValid", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Token_on_the_command_line_is_refused_and_not_repeated()
    {
        var run = await RunAsync("verify", "eyJhbGciOiJSUzI1NiIsImtpZCI6IngifQ.e30.AAAA", "--pool", "eu-west-1_a", "--any-client");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("standard input", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("eyJ", run.Everything, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Header_is_taken_as_it_was_copied()
    {
        await GetTokenAsync();
        Input = $"\n Bearer {Input}\n";

        var run = await RunAsync("verify", "--pool", PoolId, "--any-client");

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

        var withFile = await RunAsync("verify", "--pool", PoolId, "--any-client", "--jwks", PathOf("jwks.json"));
        var withAddress = await RunAsync("verify", "--pool", PoolId, "--any-client", "--jwks", address);

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

        var run = await RunAsync("verify", "--pool", PoolId, "--any-client", "--jwks", PathOf(file));

        Assert.Equal(ExitCode.InvalidFile, run.Code);
    }

    [Fact]
    public async Task Key_set_that_cannot_be_had_says_nothing_of_the_token()
    {
        await GetTokenAsync();

        var run = await RunAsync("verify", "--pool", PoolId, "--any-client", "--jwks", new Uri(Cognito.BaseAddress, "nowhere").ToString());

        Assert.Equal(ExitCode.Unreachable, run.Code);
        Assert.Contains("nothing is known of the token", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--any-client")]
    [InlineData("--pool", "eu-west-1_a")]
    [InlineData("--pool", "eu-west-1_a", "--any-client", "--client", "b")]
    [InlineData("--pool", "nonsense", "--any-client")]
    [InlineData("--issuer", "http://example.com", "--any-client")]
    [InlineData("--pool", "eu-west-1_a", "--any-client", "--jwks", "ftp://127.0.0.1/x")]
    [InlineData("--pool", "eu-west-1_a", "--any-client", "--jwks", "")]
    public async Task Command_line_that_leaves_a_check_open_is_refused(params string[] options)
    {
        var run = await RunAsync(["verify", .. options]);

        Assert.Equal(ExitCode.Usage, run.Code);
    }

    private async Task GetTokenAsync()
    {
        await ApplyAsync();
        Input = (await RunAsync("token", "--config", SecretsPath)).Output;
    }
}
