using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.SignIn;

/// <summary>How long no password is sent after Cognito locked the user out or wanted more than the password.</summary>
public sealed class PasswordPauseTests
{
    [Fact]
    public async Task Lock_out_pauses_sign_ins_for_five_minutes()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Refuse("NotAuthorizedException", "Password attempts exceeded");

        var failure = await user.FailToGetTokenAsync();
        Assert.True(failure.IsTransient);
        Assert.Equal(TimeSpan.FromMinutes(5), failure.RetryAfter);
        Assert.Contains("locked user 'robot' out", failure.Hint, StringComparison.Ordinal);

        user.OnRequest = _ => null;
        user.Clock.Advance(TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(TimeSpan.FromMilliseconds(1), (await user.FailToGetTokenAsync()).RetryAfter);
        Assert.Single(user.Requests);
        user.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Fact]
    public async Task Challenge_pauses_sign_ins_for_a_quarter_of_an_hour()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Challenge("SMS_MFA");
        await user.FailToGetTokenAsync();

        user.OnRequest = _ => null;
        for (var minute = 0; minute < 14; minute++)
        {
            user.Clock.Advance(TimeSpan.FromMinutes(1));
            await user.FailToGetTokenAsync();
        }

        user.Clock.Advance(TimeSpan.FromMinutes(1) - TimeSpan.FromMilliseconds(1));
        await user.FailToGetTokenAsync();
        Assert.Single(user.Requests);
        user.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Fact]
    public async Task Pause_applies_to_all_clients_of_the_user_and_to_every_password()
    {
        await using var first = new StubbedUser();
        first.OnRequest = _ => StubbedUser.Refuse("NotAuthorizedException", "Password attempts exceeded");
        await first.FailToGetTokenAsync();

        await using var second = new StubbedUser(options => options.Password = "Another1!", clock: first.Clock);
        first.Clock.Advance(TimeSpan.FromMinutes(2));
        var failure = await second.FailToGetTokenAsync();

        Assert.Equal(TimeSpan.FromMinutes(3), failure.RetryAfter);
        Assert.Empty(second.Requests);
    }

    [Fact]
    public async Task Temporary_password_is_sent_once_in_a_quarter_of_an_hour_and_another_password_at_once()
    {
        var password = "Temporary1!";
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(password));
        });
        user.OnRequest = request => request.Secret == "Temporary1!" ? StubbedUser.Challenge("NEW_PASSWORD_REQUIRED") : null;
        await FailForMinutesAsync(user, 14);
        Assert.Single(user.Requests);

        password = StubbedUser.Password;
        user.Clock.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal("access-1", await user.GetTokenAsync());
        Assert.Equal(["password Temporary1!", $"password {StubbedUser.Password}"], user.Requests);
    }

    [Fact]
    public async Task Temporary_password_that_an_administrator_made_permanent_is_sent_again_after_a_quarter_of_an_hour()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Challenge("NEW_PASSWORD_REQUIRED");
        await user.FailToGetTokenAsync();

        user.OnRequest = _ => null;
        user.Clock.Advance(TimeSpan.FromMinutes(15));

        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Theory]
    [InlineData("Unable to login because of security reasons.")]
    [InlineData("Benutzername oder Passwort ist falsch.")]
    [InlineData("")]
    public async Task Password_that_Cognito_refuses_with_an_unknown_message_cannot_lock_the_user_out(string message)
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Refuse("NotAuthorizedException", message);

        for (var quarter = 0; quarter < 4; quarter++)
            await FailForMinutesAsync(user, 15);

        Assert.Equal(4, user.PasswordRequests);
    }

    [Fact]
    public async Task Password_that_Cognito_refused_with_an_unknown_message_is_replaced_by_the_password_of_the_source_in_the_same_fetch()
    {
        var passwords = new Queue<string>(["Wrong1!", StubbedUser.Password]);
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(passwords.Dequeue()));
        });
        user.OnRequest = request => request.Secret == "Wrong1!" ? StubbedUser.Refuse("NotAuthorizedException", "A text of next year") : null;

        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Theory]
    [InlineData("PasswordResetRequiredException", "Password reset required for the user")]
    [InlineData("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.")]
    public async Task Source_is_asked_for_another_password_if_the_current_password_must_be_changed(string error, string message)
    {
        var passwords = new Queue<string>(["Old1!", StubbedUser.Password]);
        await using var user = new StubbedUser(options =>
        {
            options.Password = null;
            options.PasswordSource = CognitoSecretSource.From((_, _) => new ValueTask<string>(passwords.Dequeue()));
        });
        user.OnRequest = request => request.Secret == "Old1!" ? StubbedUser.Refuse(error, message) : null;

        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Theory]
    [InlineData("PasswordResetRequiredException", "Password reset required for the user")]
    [InlineData("NotAuthorizedException", "Temporary password has expired and must be reset by an administrator.")]
    public async Task Password_that_must_be_changed_is_sent_once_in_a_quarter_of_an_hour(string error, string message)
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Refuse(error, message);

        await FailForMinutesAsync(user, 14);
        Assert.Single(user.Requests);

        user.OnRequest = _ => null;
        user.Clock.Advance(TimeSpan.FromMinutes(2));
        Assert.Equal("access-1", await user.GetTokenAsync());
    }

    [Fact]
    public async Task Sign_in_that_succeeds_ends_a_pause_that_is_over()
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.Refuse("NotAuthorizedException", "Password attempts exceeded");
        await user.FailToGetTokenAsync();
        user.Clock.Advance(TimeSpan.FromMinutes(5));
        user.OnRequest = _ => null;

        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse("NotAuthorizedException", "Invalid Refresh Token") : null;

        Assert.Equal("access-2", await user.RenewAsync());
    }

    [Fact]
    public async Task Held_token_stays_in_use_during_a_pause()
    {
        await using var user = new StubbedUser();
        await user.GetTokenAsync();
        user.OnRequest = request => request.Kind == "refresh" ? StubbedUser.Refuse("NotAuthorizedException", "Invalid Refresh Token")
            : StubbedUser.Refuse("NotAuthorizedException", "Password attempts exceeded");

        Assert.Equal("access-1", await user.RenewAsync());

        for (var minute = 0; minute < 4; minute++)
        {
            user.Clock.Advance(TimeSpan.FromMinutes(1));
            Assert.Equal("access-1", await user.GetTokenAsync());
            await user.Service.WaitForFetchAsync();
        }

        Assert.Equal(2, user.PasswordRequests);
    }

    private static async Task FailForMinutesAsync(StubbedUser user, int minutes)
    {
        for (var minute = 0; minute < minutes; minute++)
        {
            await user.FailToGetTokenAsync();
            user.Clock.Advance(TimeSpan.FromMinutes(1));
        }
    }
}
