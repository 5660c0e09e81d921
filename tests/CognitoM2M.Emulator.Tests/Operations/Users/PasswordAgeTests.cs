namespace CognitoM2M.Emulator.Tests.Operations.Users;

/// <summary>How long a temporary password is valid, and when an old password can be used again.</summary>
public sealed class PasswordAgeTests : SignedInTest
{
    private const string Reused = "PasswordHistoryPolicyViolationException";
    private const string Expired = "Temporary password has expired and must be reset by an administrator.";

    [Theory]
    [InlineData(null, null, 7)]
    [InlineData(3, null, 3)]
    [InlineData(0, null, 7)]
    [InlineData(null, 2, 2)]
    [InlineData(3, 2, 3)]
    public async Task Temporary_password_is_valid_for_the_days_of_the_policy(int? ofPolicy, int? older, int days)
    {
        await CallAsync("UpdateUserPool", new
        {
            UserPoolId = Pool.Id,
            Policies = new { PasswordPolicy = new { TemporaryPasswordValidityDays = ofPolicy } },
            AdminCreateUserConfig = new { UnusedAccountValidityDays = older },
        });
        Ann.SetPassword(Password, mustChangePassword: true);

        Clock.Advance(TimeSpan.FromDays(days) - TimeSpan.FromSeconds(1));
        Assert.Equal("NEW_PASSWORD_REQUIRED", (await CallAsync("InitiateAuth", CreateSignIn(Login)))["ChallengeName"]!.GetValue<string>());
        Clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(Expired, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login)));
        Assert.Equal("Incorrect username or password.", await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login, "Wrong1!!")));
    }

    [Fact]
    public async Task Repeated_invitation_makes_the_temporary_password_valid_again()
    {
        Ann.SetPassword(Password, mustChangePassword: true);
        Clock.Advance(TimeSpan.FromDays(8));

        await CallAsync("AdminCreateUser", new { UserPoolId = Pool.Id, Username = "ann", MessageAction = "RESEND" });

        Assert.Equal("NEW_PASSWORD_REQUIRED", (await CallAsync("InitiateAuth", CreateSignIn(Login)))["ChallengeName"]!.GetValue<string>());
    }

    [Fact]
    public async Task Permanent_password_does_not_expire()
    {
        Clock.Advance(TimeSpan.FromDays(1000));

        await SignInAsync();
    }

    [Fact]
    public async Task Last_passwords_cannot_be_used_again()
    {
        await SetHistoryAsync(3);
        foreach (var password in new[] { "Second12!", "Third123!", "Fourth12!" })
            await SetPasswordAsync(password);

        foreach (var password in new[] { "Second12!", "Third123!", "Fourth12!" })
        {
            var message = await AssertRefusedAsync(Reused, "AdminSetUserPassword", CreateInput(password));
            Assert.Equal("The password is one of the last 3 passwords of the user.", message);
        }

        await SetPasswordAsync(Password);
        await SignInAsync();
        await SetPasswordAsync("Second12!");
    }

    [Fact]
    public async Task Challenge_for_a_new_password_refuses_the_temporary_one()
    {
        await SetHistoryAsync(1);
        Ann.SetPassword("Second12!", mustChangePassword: true);
        var challenge = await CallAsync("InitiateAuth", CreateSignIn(Login, "Second12!"));

        await AssertRefusedAsync(Reused, "RespondToAuthChallenge", Answer("Second12!"));
        await CallAsync("RespondToAuthChallenge", Answer(Password));

        object Answer(string password) => new
        {
            ChallengeName = "NEW_PASSWORD_REQUIRED",
            ClientId = Login,
            Session = challenge["Session"]!.GetValue<string>(),
            ChallengeResponses = new { USERNAME = "ann", NEW_PASSWORD = password },
        };
    }

    [Fact]
    public async Task Passwords_can_be_used_again_if_the_policy_does_not_forbid_it()
    {
        await SetPasswordAsync(Password);

        Assert.Throws<ArgumentException>(() => Ann.SetPassword("weak"));
    }

    [Fact]
    public async Task History_needs_the_tier_Essentials() => await AssertRefusedAsync(
        "FeatureUnavailableInTierException",
        "UpdateUserPool",
        new { UserPoolId = Pool.Id, UserPoolTier = "LITE", Policies = new { PasswordPolicy = new { PasswordHistorySize = 1 } } });

    private async Task SetHistoryAsync(int size) =>
        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, Policies = new { PasswordPolicy = new { PasswordHistorySize = size } } });

    private async Task SetPasswordAsync(string password) => await CallAsync("AdminSetUserPassword", CreateInput(password));

    private object CreateInput(string password) => new { UserPoolId = Pool.Id, Username = "ann", Password = password, Permanent = true };
}
