using CognitoM2M.Emulator;

namespace CognitoM2M.EndToEnd.Tests;

/// <summary>A technical user of the emulator, over real HTTP.</summary>
public sealed class UserPasswordTests : IAsyncLifetime
{
    private const string Password = "Correct-horse-1";

    private CognitoEmulator _cognito = null!;
    private EmulatedUserPool _pool = null!;

    public async Task InitializeAsync()
    {
        _cognito = await CognitoEmulator.StartAsync();
        _pool = _cognito.CreateUserPool("acme");
    }

    public async Task DisposeAsync() => await _cognito.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_signs_in_once_and_is_renewed_with_the_refresh_token(bool hasSecret)
    {
        _pool.CreateUser("robot", Password);
        var options = CreateOptions(hasSecret);
        await using var client = new CognitoM2MClient(options);

        var first = (await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => client.GetTokenAsync().AsTask()))).Select(token => token.Value).Distinct().Single();
        var second = await client.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.NotEqual(first, second.Value);
        Assert.Equal(["aws.cognito.signin.user.admin"], second.Scopes);
        Assert.Equal((1, 1), (Count("InitiateAuth"), Count("GetTokensFromRefreshToken")));
    }

    [Fact]
    public async Task Error_distinguishes_a_wrong_client_secret_from_a_missing_one()
    {
        _pool.CreateUser("robot", Password);
        var options = CreateOptions(hasSecret: true);
        options.ClientSecret = "not1the2secret3of4this5client";
        Assert.Contains("does not accept the client secret", (await FailAsync(options)).Hint, StringComparison.Ordinal);

        options.ClientSecret = null;
        Assert.Contains("has a secret. Set ClientSecret", (await FailAsync(options)).Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task User_who_must_change_the_password_is_an_error_with_the_command_that_helps()
    {
        _pool.CreateUser("robot", new EmulatedUserOptions { Password = Password, MustChangePassword = true });

        var failure = await FailAsync(CreateOptions(hasSecret: false));

        Assert.Equal(CognitoTokenErrors.ChallengeRequired, failure.Error);
        Assert.Contains("admin-set-user-password --user-pool-id USER_POOL_ID --username 'robot'", failure.Hint, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("disabled", "NotAuthorizedException", "admin-enable-user")]
    [InlineData("unconfirmed", "UserNotConfirmedException", "admin-confirm-sign-up")]
    [InlineData("reset", "PasswordResetRequiredException", "admin-set-user-password")]
    public async Task User_who_cannot_sign_in_is_an_error_with_the_command_that_helps(string state, string error, string command)
    {
        var user = _pool.CreateUser("robot", new EmulatedUserOptions { Password = Password, IsConfirmed = state != "unconfirmed" });
        if (state == "disabled")
            user.Disable();
        if (state == "reset")
            user.ResetPassword();
        var options = CreateOptions(hasSecret: false);

        var failure = await FailAsync(options);

        Assert.Equal(error, failure.Error);
        Assert.Contains($"aws cognito-idp {command} --user-pool-id USER_POOL_ID --username 'robot'", failure.Hint, StringComparison.Ordinal);
        user.Enable();
        user.SetPassword("Another1!");
        options.Password = "Another1!";
        await using var client = new CognitoM2MClient(options);
        Assert.NotEmpty((await client.GetTokenAsync()).Value);
    }

    [Fact]
    public async Task User_who_is_disabled_and_enabled_again_signs_in_again()
    {
        var user = _pool.CreateUser("robot", Password);
        await using var client = new CognitoM2MClient(CreateOptions(hasSecret: false));
        await client.GetTokenAsync();
        user.Disable();

        var failure = await Assert.ThrowsAsync<CognitoTokenException>(async () => await client.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true }));
        Assert.Contains("admin-enable-user", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(1, Count("InitiateAuth"));

        user.Enable();
        await using var other = new CognitoM2MClient(CreateOptions(hasSecret: false));
        Assert.NotEmpty((await other.GetTokenAsync()).Value);
    }

    [Fact]
    public async Task Wrong_password_does_not_lock_the_user_out()
    {
        var user = _pool.CreateUser("robot", Password);
        var options = CreateOptions(hasSecret: false);
        options.Password = "Wrong-horse-1";
        for (var process = 0; process < 20; process++)
            Assert.Equal("NotAuthorizedException", (await FailAsync(options)).Error);
        Assert.Equal(1, Count("InitiateAuth"));

        options.Password = Password;
        await using var client = new CognitoM2MClient(options);
        Assert.NotEmpty((await client.GetTokenAsync()).Value);
        Assert.Equal("robot", user.Username);
    }

    [Fact]
    public async Task User_who_was_signed_out_signs_in_again_in_the_same_fetch()
    {
        var user = _pool.CreateUser("robot", Password);
        await using var client = new CognitoM2MClient(CreateOptions(hasSecret: false));
        await client.GetTokenAsync();
        user.SignOut();

        await client.GetTokenAsync(new CognitoTokenRequest { ForceRefresh = true });

        Assert.Equal((2, 1), (Count("InitiateAuth"), Count("GetTokensFromRefreshToken")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Refresh_token_is_revoked_at_the_end(bool hasSecret)
    {
        _pool.CreateUser("robot", Password);
        var options = CreateOptions(hasSecret);
        options.RevokeRefreshTokenOnDispose = true;
        var client = new CognitoM2MClient(options);
        await client.GetTokenAsync();

        await client.DisposeAsync();

        Assert.Equal(1, Count("RevokeToken"));
    }

    private static async Task<CognitoTokenException> FailAsync(CognitoM2MClientOptions options)
    {
        await using var client = new CognitoM2MClient(options);
        return await Assert.ThrowsAsync<CognitoTokenException>(async () => await client.GetTokenAsync());
    }

    private CognitoM2MClientOptions CreateOptions(bool hasSecret)
    {
        var appClient = _pool.CreateAppClient("robots", new EmulatedAppClientOptions
        {
            GenerateSecret = hasSecret,
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
            ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        });
        return new CognitoM2MClientOptions
        {
            Route = CognitoTokenRoute.UserPassword,
            TokenEndpoint = _cognito.BaseAddress,
            ClientId = appClient.ClientId,
            ClientSecret = hasSecret ? appClient.ClientSecret : null,
            Username = "robot",
            Password = Password,
            // The emulator takes long to check a password on a busy machine.
            AttemptTimeout = TimeSpan.FromMinutes(1),
        };
    }

    private int Count(string operation) => _cognito.JsonApiRequests.Count(operation);
}
