using CognitoM2M.Cli.Tokens;
using Microsoft.Extensions.Configuration;

namespace CognitoM2M.Cli.Tests.Tokens;

public sealed class UnnamedFileTests : ToolTestBase
{
    private const string Endpoint = """ "TokenEndpoint": "https://collector.example.com/oauth2/token" """;

    [Theory]
    [InlineData("""{ "ClientId": "abc", "TokenEndpoint": "https://collector.example.com/oauth2/token" }""", "from an environment variable")]
    [InlineData("""{ "ClientId": "abc", "ClientSecret": "bait", "Domain": "collector", "Region": "eu-west-1" }""", "from an environment variable")]
    [InlineData("""{ "ClientId": "abc", "Route": "GetClientToken" }""", "from an environment variable")]
    public void Secret_of_the_environment_is_not_sent_to_an_endpoint_from_a_file_that_the_user_did_not_name(string section, string expected)
    {
        var failure = Assert.Throws<ToolException>(() => Check(section, [new("CognitoM2M:Clients:billing:ClientSecret", "of the environment")], new() { Aws = null! }));

        Assert.Equal(ExitCode.Usage, failure.Code);
        Assert.Equal(
            $"The secret comes {expected}, and 'cognito-m2m.secrets.json' in the current folder says where the secret goes. "
                + "If you trust this file, name it: --config cognito-m2m.secrets.json",
            failure.Message);
    }

    [Fact]
    public void Secret_of_an_option_is_not_sent_to_an_endpoint_from_a_file_that_the_user_did_not_name()
    {
        var failure = Assert.Throws<ToolException>(() => Check($$"""{ "ClientId": "abc", {{Endpoint}} }""", [], new() { SecretFile = "-", Aws = null! }));

        Assert.Contains("from --client-secret-file", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unnamed_file_cannot_send_another_file_to_a_server()
    {
        var failure = Assert.Throws<ToolException>(() => Check($$"""{ "ClientId": "abc", "ClientSecretFile": "/run/secrets/other", {{Endpoint}} }""", [], new() { Aws = null! }));

        Assert.Contains("from the file that ClientSecretFile names", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Password", "from an environment variable")]
    [InlineData("PasswordFile", "from an environment variable")]
    public void Password_of_the_environment_is_not_sent_to_an_endpoint_from_a_file_that_the_user_did_not_name(string setting, string expected)
    {
        var section = """{ "ClientId": "abc", "Route": "UserPassword", "Username": "robot", "TokenEndpoint": "https://collector.example.com/" }""";

        var failure = Assert.Throws<ToolException>(() => Check(section, [new($"CognitoM2M:Clients:billing:{setting}", "of the environment")], new() { Aws = null! }));

        Assert.Contains($"The secret comes {expected}", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Unnamed_file_cannot_send_another_file_to_a_server_as_a_password()
    {
        var failure = Assert.Throws<ToolException>(() => Check($$"""{ "ClientId": "abc", "Route": "UserPassword", "PasswordFile": "/run/secrets/other", {{Endpoint}} }""", [], new() { Aws = null! }));

        Assert.Contains("from the file that PasswordFile names", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void File_with_its_own_secret_is_used()
    {
        Check($$"""{ "ClientId": "abc", "ClientSecret": "own", {{Endpoint}} }""", [new("CognitoM2M:Clients:billing:Scopes:0", "orders/read")], new() { Aws = null! });
    }

    [Fact]
    public void Endpoint_of_an_option_replaces_the_endpoint_of_the_file()
    {
        var settings = new TokenRequestSettings { SecretFile = "-", TokenEndpoint = new Uri("https://auth.example.com/oauth2/token"), Aws = null! };

        Check($$"""{ "ClientId": "abc", {{Endpoint}} }""", [], settings);
    }

    [Fact]
    public async Task Named_file_may_be_combined_with_a_secret_of_the_environment()
    {
        await ApplyAsync();
        Variables["CognitoM2M__Clients__billing__ClientSecret"] = ReadStoredSecret();
        Write(SecretsPath, (await File.ReadAllTextAsync(SecretsPath)).Replace(ReadStoredSecret(), "replaced", StringComparison.Ordinal));

        Assert.Equal(ExitCode.Success, (await RunAsync("token", "--config", SecretsPath)).Code);
    }

    private static void Check(string section, KeyValuePair<string, string?>[] variables, TokenRequestSettings settings)
    {
        using var file = new MemoryStream(System.Text.Encoding.UTF8.GetBytes($$"""{ "CognitoM2M": { "Clients": { "billing": {{section}} } } }"""));
        var configuration = new ConfigurationBuilder().AddJsonStream(file).AddInMemoryCollection(variables).Build();

        UnnamedFile.RequireOwnSecret(configuration.Providers.First(), configuration.GetSection("CognitoM2M:Clients:billing"), settings);
    }
}
