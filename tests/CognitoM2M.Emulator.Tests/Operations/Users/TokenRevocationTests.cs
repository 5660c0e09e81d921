namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class TokenRevocationTests : SignedInTest
{
    private const string AccessTokenRevoked = "Access Token has been revoked";
    private const string RefreshTokenRevoked = "Refresh Token has been revoked";

    [Fact]
    public async Task Revoked_refresh_token_ends_its_own_sign_in_only()
    {
        var (revoked, other) = (await SignInAsync(), await SignInAsync());
        var refreshed = await RefreshAsync(revoked.RefreshToken!);

        Assert.Empty(await CallAsync("RevokeToken", new { Token = revoked.RefreshToken, ClientId = Login }));

        Assert.Equal(RefreshTokenRevoked, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateRefresh(revoked.RefreshToken!)));
        foreach (var token in new[] { revoked.AccessToken, refreshed.AccessToken })
            Assert.Equal(AccessTokenRevoked, await AssertRefusedAsync(NotAuthorized, "GetUser", new { AccessToken = token }));
        await RefreshAsync(other.RefreshToken!);
        await CallAsync("GetUser", new { other.AccessToken });
        await CallAsync("RevokeToken", new { Token = revoked.RefreshToken, ClientId = Login });
    }

    [Fact]
    public async Task Global_sign_out_ends_all_sign_ins_of_the_user()
    {
        Pool.CreateUser("bob", Password);
        var (first, second) = (await SignInAsync(), await SignInAsync());
        var bob = Read(await CallAsync("InitiateAuth", CreateSignIn(Login, username: "bob")));

        Assert.Empty(await CallAsync("GlobalSignOut", new { first.AccessToken }));

        foreach (var tokens in new[] { first, second })
        {
            Assert.Equal(RefreshTokenRevoked, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateRefresh(tokens.RefreshToken!)));
            Assert.Equal(AccessTokenRevoked, await AssertRefusedAsync(NotAuthorized, "GetUser", new { tokens.AccessToken }));
        }

        Assert.Equal(AccessTokenRevoked, await AssertRefusedAsync(NotAuthorized, "GlobalSignOut", new { first.AccessToken }));
        await RefreshAsync(bob.RefreshToken!);
        await CallAsync("GetUser", new { (await SignInAsync()).AccessToken });
    }

    [Fact]
    public async Task Administrator_signs_a_user_out()
    {
        var tokens = await SignInAsync();

        Assert.Empty(await CallAsync("AdminUserGlobalSignOut", new { UserPoolId = Pool.Id, Username = "ann" }));

        Assert.Equal(AccessTokenRevoked, await AssertRefusedAsync(NotAuthorized, "GetUser", new { tokens.AccessToken }));
        await AssertRefusedAsync("UserNotFoundException", "AdminUserGlobalSignOut", new { UserPoolId = Pool.Id, Username = "nobody" });
    }

    [Fact]
    public async Task User_is_signed_out_from_code()
    {
        var tokens = await SignInAsync();

        Ann.SignOut();

        Assert.Equal(RefreshTokenRevoked, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateRefresh(tokens.RefreshToken!)));
    }

    [Fact]
    public async Task Client_without_revocation_cannot_revoke_and_its_tokens_have_no_origin()
    {
        var client = await CreateClientAsync(new { EnableTokenRevocation = false });
        var tokens = await SignInAsync(client);

        await AssertRefusedAsync("UnsupportedOperationException", "RevokeToken", new { Token = tokens.RefreshToken, ClientId = client });
        Assert.False(JwtReader.ReadPayload(tokens.AccessToken).ContainsKey("origin_jti"));
        Assert.False(JwtReader.ReadPayload(tokens.IdToken).ContainsKey("origin_jti"));
        await RefreshAsync(tokens.RefreshToken!, client);
        await CallAsync("GlobalSignOut", new { tokens.AccessToken });
        Assert.Equal(AccessTokenRevoked, await AssertRefusedAsync(NotAuthorized, "GetUser", new { tokens.AccessToken }));
    }

    [Fact]
    public async Task Only_the_client_of_a_refresh_token_can_revoke_it()
    {
        var tokens = await SignInAsync();
        var other = await CreateClientAsync(new { });

        await AssertRefusedAsync("UnauthorizedException", "RevokeToken", new { Token = tokens.RefreshToken, ClientId = other });

        await RefreshAsync(tokens.RefreshToken!);
    }

    [Fact]
    public async Task Text_that_is_not_a_refresh_token_cannot_be_revoked()
    {
        var tokens = await SignInAsync();

        await AssertRefusedAsync("UnsupportedTokenTypeException", "RevokeToken", new { Token = tokens.AccessToken, ClientId = Login });
        await AssertRefusedAsync("UnsupportedTokenTypeException", "RevokeToken", new { Token = "made-up", ClientId = Login });
        var message = await AssertRefusedAsync(
            Invalid, "RevokeToken", new { Token = tokens.RefreshToken, ClientId = Login, RevokeAssociatedSessions = "LINKED" });
        Assert.Equal(
            "The emulator does not support the member RevokeAssociatedSessions ('revokeAssociatedSessions') with a value other than NONE: "
                + "sign-ins are not linked to each other.",
            message);
    }

    [Fact]
    public async Task Client_with_a_secret_must_send_it_to_revoke()
    {
        var confidential = Pool.CreateAppClient("confidential", new EmulatedAppClientOptions
        {
            ExplicitAuthFlows = ["ALLOW_ADMIN_USER_PASSWORD_AUTH"],
            AllowedOAuthFlowsUserPoolClient = false,
            AllowedOAuthFlows = [],
        });
        var input = new { Token = (await SignInAsync()).RefreshToken, confidential.ClientId };

        await AssertRefusedAsync("UnauthorizedException", "RevokeToken", input);
        await AssertRefusedAsync(
            "UnauthorizedException", "RevokeToken", new { input.Token, input.ClientId, ClientSecret = "wrong_but_well_formed_secret" });
        // The secret is right, so the next check is made: the token belongs to another client.
        Assert.Equal(
            "The refresh token was not issued to this client.",
            await AssertRefusedAsync(
                "UnauthorizedException", "RevokeToken", new { input.Token, input.ClientId, confidential.ClientSecret }));
    }

    [Fact]
    public async Task Access_token_without_the_scope_of_the_own_account_is_refused()
    {
        Pool.OnTokenIssuing = issuance => issuance.AccessToken.ScopesToSuppress.Add("aws.cognito.signin.user.admin");
        var tokens = await SignInAsync();

        Assert.Equal(
            "Access Token does not have required scopes", await AssertRefusedAsync(NotAuthorized, "GetUser", new { tokens.AccessToken }));
        await AssertRefusedAsync(NotAuthorized, "GlobalSignOut", new { tokens.AccessToken });
    }

    [Fact]
    public async Task Tokens_show_the_attributes_that_the_client_may_read()
    {
        Ann.SetAttribute("email", "ann@example.com");
        Ann.SetAttribute("nickname", "annie");
        var client = await CreateClientAsync(new { ReadAttributes = new[] { "email" } });

        var tokens = await SignInAsync(client);

        var id = JwtReader.ReadPayload(tokens.IdToken);
        Assert.Equal("ann@example.com", id["email"]!.GetValue<string>());
        Assert.False(id.ContainsKey("nickname"));
        var attributes = (await CallAsync("GetUser", new { tokens.AccessToken }))["UserAttributes"]!.AsArray();
        Assert.Equal(["sub", "email"], attributes.Select(attribute => attribute!["Name"]!.GetValue<string>()));
    }
}
