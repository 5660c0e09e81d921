namespace CognitoM2M.Emulator.Tests.Operations.Users;

/// <summary>Users who cannot sign in although their password is right.</summary>
public sealed class UserStatusTests : SignedInTest
{
    private const string Disabled = "User is disabled.";
    private const string NeedsReset = "PasswordResetRequiredException";
    private const string NotConfirmed = "UserNotConfirmedException";

    private object AnnInput => new { UserPoolId = Pool.Id, Username = "ann" };

    [Fact]
    public async Task Disabled_user_can_neither_sign_in_nor_refresh_until_enabled()
    {
        var tokens = await SignInAsync();

        Assert.Empty(await CallAsync("AdminDisableUser", AnnInput));

        Assert.Equal(Disabled, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login)));
        Assert.Equal(Disabled, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateRefresh(tokens.RefreshToken!)));
        Assert.Equal("Access Token has been revoked", await AssertRefusedAsync(NotAuthorized, "GetUser", new { tokens.AccessToken }));
        Assert.False((await CallAsync("AdminGetUser", AnnInput))["Enabled"]!.GetValue<bool>());
        Assert.False(Ann.IsEnabled);
        Assert.Equal("ann", await FindAsync("status = \"Disabled\""));
        Assert.Null(await FindAsync("status = \"Enabled\""));

        Assert.Empty(await CallAsync("AdminEnableUser", AnnInput));
        await SignInAsync();
        Assert.Equal("Refresh Token has been revoked", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateRefresh(tokens.RefreshToken!)));
    }

    [Fact]
    public async Task Wrong_password_of_a_disabled_user_is_refused_as_any_other()
    {
        Ann.Disable();

        Assert.Equal("Incorrect username or password.", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login, "Wrong1!!")));
        Ann.Enable();
        Assert.True(Ann.IsEnabled);
        await SignInAsync();
    }

    [Fact]
    public async Task User_whose_password_was_reset_signs_in_only_after_a_new_password_was_set()
    {
        Ann.SetAttribute("email", "ann@example.com");
        Ann.SetAttribute("email_verified", "true");
        Assert.Empty(await CallAsync("AdminResetUserPassword", AnnInput));

        Assert.Equal("Password reset required for the user", await AssertRefusedAsync(NeedsReset, "InitiateAuth", CreateSignIn(Login)));
        Assert.Equal("RESET_REQUIRED", (await CallAsync("AdminGetUser", AnnInput))["UserStatus"]!.GetValue<string>());

        Ann.SetPassword("Second12!");
        await CallAsync("InitiateAuth", CreateSignIn(Login, "Second12!"));
    }

    [Fact]
    public async Task Password_is_reset_in_code_without_an_address()
    {
        Ann.ResetPassword();

        await AssertRefusedAsync(NeedsReset, "InitiateAuth", CreateSignIn(Login));
    }

    [Fact]
    public async Task Password_can_be_reset_only_with_a_verified_address_and_after_it_was_set()
    {
        Assert.StartsWith("Cannot reset password", await AssertRefusedAsync(Invalid, "AdminResetUserPassword", AnnInput), StringComparison.Ordinal);
        Ann.SetAttribute("email", "ann@example.com");
        await AssertRefusedAsync(Invalid, "AdminResetUserPassword", AnnInput);
        Ann.SetAttribute("email_verified", "true");
        Ann.SetPassword(Password, mustChangePassword: true);

        Assert.Equal("User password cannot be reset in the current state.", await AssertRefusedAsync(NotAuthorized, "AdminResetUserPassword", AnnInput));
        Assert.Throws<ArgumentException>(Ann.ResetPassword);
    }

    [Fact]
    public async Task Unconfirmed_user_signs_in_after_a_confirmation()
    {
        var bob = Pool.CreateUser("bob", new EmulatedUserOptions { Password = Password, IsConfirmed = false });
        var input = new { UserPoolId = Pool.Id, Username = "bob" };

        Assert.False(bob.IsConfirmed);
        Assert.Equal("User is not confirmed.", await AssertRefusedAsync(NotConfirmed, "InitiateAuth", CreateSignIn(Login, username: "bob")));
        Assert.Equal("Incorrect username or password.", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login, "Wrong1!!", "bob")));

        Assert.Empty(await CallAsync("AdminConfirmSignUp", input));
        await CallAsync("InitiateAuth", CreateSignIn(Login, username: "bob"));
        Assert.Equal("User cannot be confirmed. Current status is CONFIRMED", await AssertRefusedAsync(NotAuthorized, "AdminConfirmSignUp", input));
    }

    [Fact]
    public async Task Challenge_of_a_disabled_user_cannot_be_answered()
    {
        Ann.SetPassword(Password, mustChangePassword: true);
        var challenge = await CallAsync("InitiateAuth", CreateSignIn(Login));
        Pool.FindUser("ann")!.Disable();

        await AssertRefusedAsync(NotAuthorized, "RespondToAuthChallenge", new
        {
            ChallengeName = "NEW_PASSWORD_REQUIRED",
            ClientId = Login,
            Session = challenge["Session"]!.GetValue<string>(),
            ChallengeResponses = new { USERNAME = "ann", NEW_PASSWORD = "Second12!" },
        });
    }

    private async Task<string?> FindAsync(string filter) =>
        (await CallAsync("ListUsers", new { UserPoolId = Pool.Id, Filter = filter }))["Users"]!.AsArray().SingleOrDefault()?["Username"]!.GetValue<string>();
}
