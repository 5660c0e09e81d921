namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class RefreshTokenRotationTests : SignedInTest
{
    private const string Reused = "RefreshTokenReuseException";

    private string _rotating = "";

    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        _rotating = await CreateRotatingClientAsync(graceSeconds: 30);
    }

    [Fact]
    public async Task Client_without_rotation_keeps_its_refresh_token()
    {
        var tokens = await SignInAsync();

        var output = await CallAsync("GetTokensFromRefreshToken", new { tokens.RefreshToken, ClientId = Login });

        Assert.Equal("AuthenticationResult", ListMembers(output));
        Assert.Null(Read(output).RefreshToken);
        await RefreshAsync(tokens.RefreshToken!);
    }

    [Fact]
    public async Task Refresh_token_is_replaced_and_is_accepted_again_within_the_grace_period_only()
    {
        var first = (await SignInAsync(_rotating)).RefreshToken!;

        var second = await RotateAsync(first);
        Assert.NotEqual(first, second, StringComparer.Ordinal);

        Clock.Advance(TimeSpan.FromSeconds(29));
        var repeated = await RotateAsync(first);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await AssertRefusedAsync(Reused, "GetTokensFromRefreshToken", Rotate(first));

        // The caller whose first response was lost, and the caller who got it, both go on.
        var third = await RotateAsync(second);
        await RotateAsync(repeated);
        await RotateAsync(third);
    }

    [Fact]
    public async Task Token_before_the_last_one_is_refused_even_within_the_grace_period()
    {
        var first = (await SignInAsync(_rotating)).RefreshToken!;
        await RotateAsync(await RotateAsync(first));

        await AssertRefusedAsync(Reused, "GetTokensFromRefreshToken", Rotate(first));
    }

    [Fact]
    public async Task Replaced_token_is_refused_at_once_without_a_grace_period()
    {
        var client = await CreateRotatingClientAsync(graceSeconds: null);
        var first = (await SignInAsync(client)).RefreshToken!;
        await RotateAsync(first, client);

        await AssertRefusedAsync(Reused, "GetTokensFromRefreshToken", Rotate(first, client));
    }

    [Fact]
    public async Task Replacement_expires_at_the_end_of_the_first_token()
    {
        var first = (await SignInAsync(_rotating)).RefreshToken!;
        Clock.Advance(TimeSpan.FromDays(29));
        var second = await RotateAsync(first);
        Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(
            "Refresh Token has expired", await AssertRefusedAsync(NotAuthorized, "GetTokensFromRefreshToken", Rotate(second)));
    }

    [Fact]
    public async Task Revoking_one_token_revokes_its_replacements()
    {
        var first = (await SignInAsync(_rotating)).RefreshToken!;
        var second = await RotateAsync(first);

        await CallAsync("RevokeToken", new { Token = first, ClientId = _rotating });

        Assert.Equal(
            "Refresh Token has been revoked", await AssertRefusedAsync(NotAuthorized, "GetTokensFromRefreshToken", Rotate(second)));
    }

    [Fact]
    public async Task REFRESH_TOKEN_AUTH_is_refused_with_the_name_of_the_other_operation()
    {
        var first = (await SignInAsync(_rotating)).RefreshToken!;

        var message = await AssertRefusedAsync(Invalid, "InitiateAuth", CreateRefresh(first, _rotating));

        Assert.Contains("GetTokensFromRefreshToken", message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Client_with_a_secret_must_send_it()
    {
        var confidential = Pool.CreateAppClient("confidential", new EmulatedAppClientOptions
        {
            ExplicitAuthFlows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
        });
        Pool.CreateUser("bob", Password);

        Assert.Equal(
            $"Client {confidential.ClientId} is configured for secret but secret was not received",
            await AssertRefusedAsync(NotAuthorized, "GetTokensFromRefreshToken", Rotate("made-up", confidential.ClientId)));
        Assert.Equal(
            "Invalid Refresh Token",
            await AssertRefusedAsync(
                NotAuthorized,
                "GetTokensFromRefreshToken",
                new { RefreshToken = "made-up", confidential.ClientId, confidential.ClientSecret }));
    }

    private Task<string> CreateRotatingClientAsync(int? graceSeconds) => CreateClientAsync(new
    {
        ExplicitAuthFlows = new[] { "ALLOW_USER_PASSWORD_AUTH" },
        RefreshTokenRotation = new { Feature = "ENABLED", RetryGracePeriodSeconds = graceSeconds },
    });

    private object Rotate(string refreshToken, string? clientId = null) =>
        new { RefreshToken = refreshToken, ClientId = clientId ?? _rotating };

    private async Task<string> RotateAsync(string refreshToken, string? clientId = null) =>
        Read(await CallAsync("GetTokensFromRefreshToken", Rotate(refreshToken, clientId))).RefreshToken!;
}
