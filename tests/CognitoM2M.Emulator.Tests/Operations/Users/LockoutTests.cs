namespace CognitoM2M.Emulator.Tests.Operations.Users;

public sealed class LockoutTests : SignedInTest
{
    private const string Wrong = "Incorrect username or password.";
    private const string Exceeded = "Password attempts exceeded";

    [Fact]
    public async Task Fifth_wrong_password_locks_the_user_out_for_a_second()
    {
        await FailAsync(times: 5);

        Assert.Equal(Exceeded, await AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login)));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync();
    }

    [Fact]
    public async Task Four_wrong_passwords_have_no_effect()
    {
        await FailAsync(times: 4);

        await SignInAsync();
        await FailAsync(times: 4);
        await SignInAsync();
    }

    [Fact]
    public async Task Each_further_wrong_password_doubles_the_time_up_to_fifteen_minutes()
    {
        await FailAsync(times: 5);
        foreach (var seconds in new[] { 1, 2, 4, 8, 16, 32, 64, 128, 256, 512 })
        {
            Clock.Advance(TimeSpan.FromSeconds(seconds) - TimeSpan.FromMilliseconds(1));
            Assert.Equal(Exceeded, await FailOnceAsync());
            Clock.Advance(TimeSpan.FromMilliseconds(1));
            Assert.Equal(Wrong, await FailOnceAsync());
        }

        // 1,024 seconds would be longer than the longest time. This attempt keeps the fifteen minutes from being quiet.
        Clock.Advance(TimeSpan.FromMinutes(14));
        Assert.Equal(Exceeded, await FailOnceAsync());
        Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(Wrong, await FailOnceAsync());
    }

    [Fact]
    public async Task Attempts_while_locked_out_do_not_prolong_the_time()
    {
        await FailAsync(times: 5);
        for (var i = 0; i < 10; i++)
            Assert.Equal(Exceeded, await FailOnceAsync());

        Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync();
    }

    [Fact]
    public async Task Successful_sign_in_resets_the_count_of_wrong_passwords()
    {
        await FailAsync(times: 5);
        Clock.Advance(TimeSpan.FromSeconds(1));
        await SignInAsync();

        await FailAsync(times: 4);
        await SignInAsync();
    }

    [Fact]
    public async Task Fifteen_minutes_without_an_attempt_reset_the_count_of_wrong_passwords()
    {
        await FailAsync(times: 5);
        Clock.Advance(TimeSpan.FromMinutes(15));

        await FailAsync(times: 4);
        await SignInAsync();
    }

    [Fact]
    public async Task Administrators_are_locked_out_too_and_other_users_are_not()
    {
        Pool.CreateUser("bob", Password);
        await FailAsync(times: 5);

        Assert.Equal(Exceeded, await AssertRefusedAsync(NotAuthorized, "AdminInitiateAuth", new
        {
            UserPoolId = Pool.Id,
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            ClientId = Login,
            AuthParameters = new { USERNAME = "ann", PASSWORD = Password },
        }));
        await CallAsync("InitiateAuth", CreateSignIn(Login, username: "bob"));
    }

    [Fact]
    public async Task Administrator_gets_the_error_of_a_wrong_password_for_an_unknown_user_if_the_client_says_so()
    {
        var hiding = await CreateClientAsync(new { PreventUserExistenceErrors = "ENABLED" });

        Assert.Equal(Wrong, await AssertRefusedAsync(NotAuthorized, "AdminInitiateAuth", Unknown(hiding)));
        Assert.Equal("User does not exist.", await AssertRefusedAsync("UserNotFoundException", "AdminInitiateAuth", Unknown(Login)));

        object Unknown(string clientId) => new
        {
            UserPoolId = Pool.Id,
            AuthFlow = "ADMIN_USER_PASSWORD_AUTH",
            ClientId = clientId,
            AuthParameters = new { USERNAME = "nobody", PASSWORD = Password },
        };
    }

    private async Task FailAsync(int times)
    {
        for (var i = 0; i < times; i++)
            Assert.Equal(Wrong, await FailOnceAsync());
    }

    private Task<string> FailOnceAsync() => AssertRefusedAsync(NotAuthorized, "InitiateAuth", CreateSignIn(Login, "Wrong1!!"));
}
