using System.CommandLine;
using CognitoM2M.Cli.Aws;
using CognitoM2M.Cli.Output;
using CognitoM2M.Cli.Tokens;
using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Tests;

/// <summary>
/// Plain http to hosts that the user names, such as an emulator behind a host name in a compose file. The names cannot be resolved: a host that
/// is accepted is unreachable, and a host that is refused is wrong usage.
/// </summary>
public sealed class PlainHttpTests : ToolTestBase
{
    private CognitoProvisionerOptions? _options;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Emulator_behind_a_host_name_is_not_taken_for_AWS(bool isOption)
    {
        CreateProvisioner = options =>
        {
            _options = options;
            return new CognitoProvisioner(options);
        };
        Variables["AWS_ENDPOINT_URL"] = isOption ? "https://cognito.example.com" : "http://emulator.invalid:9229";
        string[] address = isOption ? ["--endpoint-url", "http://emulator.invalid:9229"] : [];

        var run = await RunAsync(["plan", BlueprintPath, .. address, "--plain-http", "emulator.invalid"]);

        Assert.NotEqual(ExitCode.Usage, run.Code);
        Assert.Equal(new Uri("http://emulator.invalid:9229"), _options!.EmulatorAddress);
        Assert.NotNull(_options.Credentials);
        Assert.Equal(AwsSettings.EmulatedRegion, _options.Region);
        Assert.Equal(["emulator.invalid"], _options.PlainHttpHosts);
    }

    [Fact]
    public async Task Host_name_with_https_is_still_AWS()
    {
        CreateProvisioner = options =>
        {
            _options = options;
            return new CognitoProvisioner(options);
        };

        await RunAsync("plan", BlueprintPath, "--endpoint-url", "https://cognito.invalid", "--plain-http", "cognito.invalid", "--region", "eu-west-1");

        Assert.Null(_options!.EmulatorAddress);
        Assert.Null(_options.Credentials);
    }

    [Theory]
    [InlineData("cognito.invalid", nameof(ExitCode.Unreachable))]
    [InlineData("cognito.invalid:9229", nameof(ExitCode.Unreachable))]
    [InlineData("cognito.invalid:80", nameof(ExitCode.Usage))]
    [InlineData("other.invalid", nameof(ExitCode.Usage))]
    [InlineData(null, nameof(ExitCode.Usage))]
    public async Task Token_endpoint_may_use_plain_http_with_a_host_that_is_named(string? host, string expected)
    {
        Input = "abc1secret";

        var run = await RunAsync([
            "token", "--client-id", "abc123", "--client-secret-file", "-", "--token-endpoint", "http://cognito.invalid:9229/oauth2/token", .. Name(host)]);

        Assert.Equal(expected, run.Code.ToString());
        if (run.Code == ExitCode.Usage)
            Assert.Contains("add --plain-http cognito.invalid:9229.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Option_may_stand_before_the_command_and_several_times()
    {
        Input = "abc1secret";

        var run = await RunAsync(
            "--plain-http", "other", "token", "--client-id", "abc123", "--client-secret-file", "-", "--token-endpoint", "http://cognito.invalid/oauth2/token",
            "--plain-http", "cognito.invalid");

        Assert.Equal(ExitCode.Unreachable, run.Code);
    }

    [Fact]
    public async Task Token_endpoint_of_the_configuration_may_use_plain_http_with_a_host_that_is_named()
    {
        var path = PathOf("settings.json");
        Write(path, """{ "CognitoM2M": { "Clients": { "orders": { "TokenEndpoint": "http://cognito.invalid/oauth2/token", "ClientId": "abc123", "ClientSecret": "abc1secret", "FirstFetchAttempts": 1 } } } }""");

        Assert.Equal(ExitCode.Unreachable, (await RunAsync("token", "--config", path, "--plain-http", "cognito.invalid")).Code);
        Assert.NotEqual(ExitCode.Unreachable, (await RunAsync("token", "--config", path)).Code);
    }

    [Theory]
    [InlineData("--jwks", "http://cognito.invalid/keys", "cognito.invalid", nameof(ExitCode.Unreachable))]
    [InlineData("--jwks", "http://cognito.invalid/keys", null, nameof(ExitCode.Usage))]
    [InlineData("--issuer", "http://cognito.invalid/eu-west-1_AbCdEf123", "cognito.invalid", nameof(ExitCode.Failed))]
    [InlineData("--issuer", "http://cognito.invalid/eu-west-1_AbCdEf123", "other", nameof(ExitCode.Usage))]
    public async Task Keys_and_issuer_may_use_plain_http_with_a_host_that_is_named(string option, string address, string? host, string expected)
    {
        Input = await GetTokenAsync();
        string[] pool = option == "--issuer" ? [] : ["--user-pool-id", Cognito.UserPools[0].Id];

        var run = await RunAsync(["verify", .. pool, "--any-client", option, address, .. Name(host)]);

        Assert.Equal(expected, run.Code.ToString());
    }

    [Fact]
    public void Keys_of_an_emulator_behind_a_host_name_are_read_there()
    {
        var host = new ToolHost
        {
            Terminal = new Terminal(Terminal.Open(TextWriter.Null, isTerminal: false, Variables), Terminal.Open(TextWriter.Null, isTerminal: false, Variables), ask: null),
            Variables = Variables,
            Input = TextReader.Null,
        };
        var context = new ToolContext(host);
        var command = new Command("verify");
        var options = new VerifyOptions();
        options.AddTo(command);
        context.Options.AddTo(command);

        var read = options.Read(command.Parse([
            "--user-pool-id", "eu-west-1_AbCdEf123", "--any-client", "--endpoint-url", "http://emulator.invalid:9229", "--plain-http", "emulator.invalid"]), context);

        Assert.Equal(new Uri("http://emulator.invalid:9229/eu-west-1_AbCdEf123/.well-known/jwks.json"), read.UserPools[0].JwksUri);
        Assert.Equal(["emulator.invalid"], read.PlainHttpHosts);
    }

    [Theory]
    [InlineData("*", "'*' is a wildcard. Name each host.")]
    [InlineData("*.svc", "'*.svc' is a wildcard. Name each host.")]
    [InlineData("10.0.0.0/8", "'10.0.0.0/8' is a wildcard. Name each host.")]
    [InlineData("0.0.0.0", "'0.0.0.0' is a wildcard. Name each host.")]
    [InlineData("http://cognito", "'http://cognito' must be a host name or host:port, without scheme or path.")]
    [InlineData("user:word@cognito", "the value must be a host name or host:port, without scheme or path.")]
    public async Task Wildcards_and_other_texts_are_refused(string host, string problem)
    {
        var run = await RunAsync("plan", BlueprintPath, "--plain-http", host);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"--plain-http: {problem}", run.Error, StringComparison.Ordinal);
    }

    private async Task<string> GetTokenAsync()
    {
        await ApplyAsync();
        return (await RunAsync("token", "--config", SecretsPath)).Output;
    }

    private static string[] Name(string? host) => host is null ? [] : ["--plain-http", host];
}
