using System.Text.Json;
using CognitoM2M.Emulator;

namespace CognitoM2M.Cli.Tests.Commands;

/// <summary><c>verify</c> with the tokens of users.</summary>
public sealed class VerifyUserTests : ToolTestBase
{
    private EmulatedUserPool _pool = null!;
    private JsonElement _tokens;

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _pool = Cognito.CreateUserPool("shop");
        _pool.CreateGroup("robots");
        _pool.CreateUser("robot", new EmulatedUserOptions { Password = "Permanent1!", Groups = ["robots"] });
        var client = _pool.CreateAppClient("robots", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"],
        });
        var answer = await Cognito.CallAsync("InitiateAuth", JsonSerializer.SerializeToElement(new
        {
            client.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "robot", PASSWORD = "Permanent1!" },
        }));
        _tokens = answer.GetProperty("AuthenticationResult");
    }

    [Theory]
    [InlineData("AccessToken", "Access", true)]
    [InlineData("IdToken", "Id", false)]
    public async Task Token_of_a_user_is_shown_with_user_and_groups(string token, string kind, bool hasScopes)
    {
        Input = _tokens.GetProperty(token).GetString()!;

        var run = await RunAsync("verify", "--user-pool-id", _pool.Id, "--any-client", "--token-kind", kind, "--group", "robots");

        Assert.Equal(ExitCode.Success, run.Code);
        Assert.Contains("  user:   robot", run.Output, StringComparison.Ordinal);
        Assert.Contains("  groups: robots", run.Output, StringComparison.Ordinal);
        Assert.Equal(hasScopes, run.Output.Contains("  scopes: aws.cognito.signin.user.admin", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("AccessToken", "NotAnIdToken", "--token-kind", "Id")]
    [InlineData("IdToken", "NotAnAccessToken")]
    [InlineData("IdToken", "NotAnAccessToken", "--token-kind", "Access")]
    [InlineData("AccessToken", "GroupMissing", "--group", "admins")]
    [InlineData("IdToken", "GroupMissing", "--token-kind", "Id", "--group", "robots", "--group", "admins")]
    public async Task Token_of_the_other_kind_or_without_the_group_is_rejected(string token, string reason, params string[] more)
    {
        Input = _tokens.GetProperty(token).GetString()!;

        var run = await RunAsync(["verify", "--user-pool-id", _pool.Id, "--any-client", .. more]);

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains($"rejected: {reason}", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ID tokens have no scopes", "--token-kind", "Id", "--scope", "orders/read")]
    [InlineData("is not the name of a group", "--group", "a b")]
    public async Task Wrong_options_verify_nothing(string message, params string[] more)
    {
        var run = await RunAsync(["verify", "--user-pool-id", _pool.Id, "--any-client", .. more]);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }
}
