using CognitoM2M.Emulator;
using CognitoM2M.Verification;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>Tokens of a user who signed in at the emulator, judged by the verifiers of both kinds.</summary>
public sealed class UserTokenTests : IAsyncLifetime
{
    private const string Password = "Passw0rd!";

    private CognitoEmulator _cognito = null!;
    private EmulatedUserPool _pool = null!;
    private EmulatedAppClient _web = null!;
    private string _accessToken = null!;
    private string _idToken = null!;

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        _pool = _cognito.CreateUserPool("acme");
        _pool.CreateGroup("admins");
        _web = _pool.CreateAppClient("web", new EmulatedAppClientOptions
        {
            GenerateSecret = false,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"],
        });
        var attributes = new Dictionary<string, string> { ["email"] = "jane@example.com", ["email_verified"] = "true" };
        _pool.CreateUser("jane", new EmulatedUserOptions { Password = Password, Attributes = attributes, Groups = ["admins"] });
        (_accessToken, _idToken) = await SignInAsync();
    }

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    [Fact]
    public async Task Each_verifier_accepts_the_token_of_its_kind_and_no_other()
    {
        var trusted = new TrustedUserPool { UserPoolId = _pool.Id, ClientIds = [_web.ClientId], JwksUri = _pool.JwksUri };
        using var accessTokens = new CognitoAccessTokenVerifier(new CognitoAccessTokenVerifierOptions { UserPools = [trusted], AcceptedCallers = AcceptedCallers.Users });
        using var idTokens = accessTokens.CreateIdTokenVerifier(new CognitoIdTokenVerifierOptions { UserPools = [trusted] });

        var access = await accessTokens.VerifyAsync(_accessToken);
        var id = await idTokens.VerifyAsync(_idToken);

        Assert.Equal(("jane", "aws.cognito.signin.user.admin"), (access.Claims?.Username, Assert.Single(access.Claims!.Scopes)));
        Assert.Equal(("jane", "jane@example.com", true), (id.Claims?.Username, id.Claims?.Email, id.Claims?.IsEmailVerified));
        Assert.Equal(["admins"], access.Claims.Groups);
        Assert.Equal(["admins"], id.Claims!.Groups);
        Assert.True(access.Claims.IsUser);
        Assert.Equal(access.Claims.Subject, id.Claims.Subject);
        Assert.Equal(TokenRejectionReason.NotAnAccessToken, (await accessTokens.VerifyAsync(_idToken)).Rejection?.Reason);
        Assert.Equal(TokenRejectionReason.NotAnIdToken, (await idTokens.VerifyAsync(_accessToken)).Rejection?.Reason);
    }

    private async Task<(string AccessToken, string IdToken)> SignInAsync()
    {
        using var api = new RawUserPoolApi(_cognito);
        var answer = await api.CallAsync("InitiateAuth", new
        {
            _web.ClientId,
            AuthFlow = "USER_PASSWORD_AUTH",
            AuthParameters = new { USERNAME = "jane", PASSWORD = Password },
        });
        var tokens = answer.GetProperty("AuthenticationResult");
        return (tokens.GetProperty("AccessToken").GetString()!, tokens.GetProperty("IdToken").GetString()!);
    }
}
