namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class PasswordPolicyTests : EmulatorTest
{
    public override async Task InitializeAsync()
    {
        await base.InitializeAsync();
        await CallAsync("AdminCreateUser", new { UserPoolId = Pool.Id, Username = "robot", MessageAction = "SUPPRESS" });
    }

    [Theory]
    [InlineData("Sh0rt!", "Password not long enough")]
    [InlineData("nouppercase1!", "Password must have uppercase characters")]
    [InlineData("NOLOWERCASE1!", "Password must have lowercase characters")]
    [InlineData("NoNumbers!", "Password must have numeric characters")]
    [InlineData("NoSymbols1", "Password must have symbol characters")]
    public async Task Password_that_breaks_the_policy_is_refused(string password, string violation)
    {
        var message = await AssertRefusedAsync(
            "InvalidPasswordException", "AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = password });

        Assert.Equal($"Password did not conform with policy: {violation}", message);
    }

    [Fact]
    public async Task Password_policy_of_the_pool_replaces_the_default()
    {
        await CallAsync("UpdateUserPool", new { UserPoolId = Pool.Id, Policies = new { PasswordPolicy = new { MinimumLength = 6 } } });

        await CallAsync("AdminSetUserPassword", new { UserPoolId = Pool.Id, Username = "robot", Password = "simple", Permanent = true });
    }
}
