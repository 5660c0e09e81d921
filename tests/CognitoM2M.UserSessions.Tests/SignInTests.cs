using CognitoM2M.Emulator;
using CognitoM2M.UserSessions.Tests.Support;
using static CognitoM2M.UserSessions.CognitoUserSessionFailure;

namespace CognitoM2M.UserSessions.Tests;

/// <summary>Sign-ins with user name and password.</summary>
public sealed class SignInTests : SessionsTest
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task User_signs_in_with_name_and_password(bool hasSecret)
    {
        var sessions = Create(CreateClient("second", hasSecret));

        var result = await sessions.SignInAsync("ann", Password);

        Assert.True(result.IsSignedIn);
        Assert.Null(result.Challenge);
        Assert.NotNull(result.Tokens.IdToken);
        Assert.NotNull(result.Tokens.RefreshToken);
        Assert.Equal(Clock.GetUtcNow() + TimeSpan.FromHours(1), result.Tokens.ExpiresAt);
    }

    [Fact]
    public async Task Unknown_user_wrong_password_and_locked_user_get_the_same_message()
    {
        await UpdateClientAsync(Web, ("PreventUserExistenceErrors", "LEGACY"));

        var wrong = await AssertFailsAsync(WrongCredentials, "NotAuthorizedException", () => Sessions.SignInAsync("ann", "Wrong1!!"));
        var unknown = await AssertFailsAsync(WrongCredentials, "UserNotFoundException", () => Sessions.SignInAsync("bob", "Wrong1!!"));
        for (var attempt = 0; attempt < 4; attempt++)
            await AssertFailsAsync(WrongCredentials, "NotAuthorizedException", () => Sessions.SignInAsync("ann", "Wrong1!!"));
        var locked = await AssertFailsAsync(TooManyAttempts, "NotAuthorizedException", () => Sessions.SignInAsync("ann", Password));

        Assert.Equal(wrong.UserMessage, unknown.UserMessage);
        Assert.Equal(wrong.UserMessage, locked.UserMessage);
        Assert.Equal((false, null), (wrong.IsTransient, wrong.RetryAfter));
        Assert.Equal((true, TimeSpan.FromMinutes(15)), (locked.IsTransient, locked.RetryAfter));
        Clock.Advance(locked.RetryAfter!.Value);
        Assert.True((await Sessions.SignInAsync("ann", Password)).IsSignedIn);
    }

    [Fact]
    public async Task Password_is_not_sent_again_after_a_failed_request()
    {
        Cognito.Faults.Set("InitiateAuth", EmulatorFault.Status(503));

        var failure = await AssertFailsAsync(Unavailable, "http_error", () => Sessions.SignInAsync("ann", Password));

        Assert.True(failure.IsTransient);
        Assert.Equal(1, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Temporary_password_leads_to_the_challenge_for_a_new_one()
    {
        Ann.SetPassword("Temporary1!", mustChangePassword: true);

        var result = await Sessions.SignInAsync("ann", "Temporary1!");
        Assert.False(result.IsSignedIn);
        Assert.Equal((CognitoChallengeKind.NewPassword, "NEW_PASSWORD_REQUIRED"), (result.Challenge.Kind, result.Challenge.Name));
        Assert.Empty(result.Challenge.RequiredAttributes);

        await AssertFailsAsync(PasswordNotAccepted, "InvalidPasswordException", () => Sessions.AnswerNewPasswordAsync(result.Challenge, "weak"));
        var answered = await Sessions.AnswerNewPasswordAsync(result.Challenge, "Another1!");
        Assert.True(answered.IsSignedIn);

        var again = await AssertFailsAsync(SignInExpired, "NotAuthorizedException", () => Sessions.AnswerNewPasswordAsync(result.Challenge, "Different1!"));
        Assert.False(again.IsTransient);
        Assert.True((await Sessions.SignInAsync("ann", "Another1!")).IsSignedIn);
    }

    [Fact]
    public async Task Challenge_survives_a_round_trip_through_a_form_of_a_client_with_a_secret()
    {
        var pool = Cognito.CreateUserPool("mail", new EmulatedUserPoolOptions { UsernameAttributes = ["email"], RequiredAttributes = ["nickname"] });
        var client = pool.CreateAppClient("web", new EmulatedAppClientOptions { ExplicitAuthFlows = ["ALLOW_USER_PASSWORD_AUTH"], AllowedOAuthFlowsUserPoolClient = false, AllowedOAuthFlows = [] });
        pool.CreateUser("eve@example.com", new EmulatedUserOptions { Password = "Temporary1!", MustChangePassword = true });
        var sessions = Create(client);

        var challenge = (await sessions.SignInAsync("eve@example.com", "Temporary1!")).Challenge!;
        var opened = sessions.OpenChallenge(sessions.SealChallenge(challenge));
        var answered = await sessions.AnswerNewPasswordAsync(opened, "Another1!", new Dictionary<string, string> { ["nickname"] = "evi" });

        Assert.Equal(["nickname"], opened.RequiredAttributes);
        Assert.True(answered.IsSignedIn);
        Assert.Equal("evi", pool.FindUser("eve@example.com")!.Attributes["nickname"]);
    }

    [Fact]
    public async Task Changed_or_expired_challenge_and_challenge_of_another_client_are_refused()
    {
        var challenge = new CognitoChallenge("SMS_MFA", "ann", "session");
        var text = Sessions.SealChallenge(challenge);
        var others = Create(CreateClient("second", hasSecret: false));

        await RefuseAsync(Sessions, text[..^1] + (text[^1] == 'A' ? 'B' : 'A'));
        await RefuseAsync(Sessions, null);
        await RefuseAsync(others, text);
        Clock.Advance(TimeSpan.FromMinutes(15) - TimeSpan.FromMilliseconds(1));
        Assert.Equal("session", Sessions.OpenChallenge(text).Session);
        Clock.Advance(TimeSpan.FromMilliseconds(1));
        await RefuseAsync(Sessions, text);

        static Task RefuseAsync(CognitoUserSessions sessions, string? text) =>
            AssertFailsAsync(SignInExpired, "invalid_challenge", () => Task.FromResult(sessions.OpenChallenge(text)));
    }

    [Theory]
    [InlineData(null, Password)]
    [InlineData("", Password)]
    [InlineData("ann", null)]
    [InlineData("ann", "")]
    public async Task Missing_input_of_a_user_is_a_failure_that_sends_nothing(string? username, string? password)
    {
        await AssertFailsAsync(InvalidInput, "invalid_input", () => Sessions.SignInAsync(username!, password!));

        Assert.Equal(0, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Longest_input_is_sent_and_longer_input_is_not()
    {
        await AssertFailsAsync(WrongCredentials, "NotAuthorizedException", () => Sessions.SignInAsync("ann", new string('x', 256)));
        await AssertFailsAsync(InvalidInput, "invalid_input", () => Sessions.SignInAsync("ann", new string('x', 257)));
        await AssertFailsAsync(InvalidInput, "invalid_input", () => Sessions.SignInAsync(new string('x', 129), Password));

        Assert.Equal(1, Cognito.JsonApiRequests.Count("InitiateAuth"));
    }

    [Fact]
    public async Task Client_without_the_flow_and_wrong_secret_are_mistakes_of_the_configuration()
    {
        var closed = Pool.CreateAppClient("closed", new EmulatedAppClientOptions { GenerateSecret = false, AllowedOAuthFlows = [], AllowedOAuthFlowsUserPoolClient = false, ExplicitAuthFlows = ["ALLOW_REFRESH_TOKEN_AUTH"] });
        var confidential = CreateClient("confidential", hasSecret: true);

        var flow = await AssertFailsAsync(Configuration, "InvalidParameterException", () => Create(closed).SignInAsync("ann", Password));
        var wrong = await AssertFailsAsync(Configuration, "NotAuthorizedException", () => Create(confidential, options => options.ClientSecret = "wrong").SignInAsync("ann", Password));
        var missing = await AssertFailsAsync(Configuration, "NotAuthorizedException", () => Create(confidential, options => options.ClientSecret = null).SignInAsync("ann", Password));
        var unknown = await AssertFailsAsync(Configuration, "ResourceNotFoundException", () => Create(Web, options => options.ClientId = "1unknown").SignInAsync("ann", Password));

        Assert.Contains("ALLOW_USER_PASSWORD_AUTH", flow.Hint, StringComparison.Ordinal);
        Assert.Contains("ClientSecret is not", wrong.Hint, StringComparison.Ordinal);
        Assert.Contains("Set ClientSecret", missing.Hint, StringComparison.Ordinal);
        Assert.Contains("Check ClientId", unknown.Hint, StringComparison.Ordinal);
    }
}
