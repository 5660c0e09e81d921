using System.Text.Json;
using CognitoM2M.UserSessions.Tests.Support;

namespace CognitoM2M.UserSessions.Tests;

/// <summary>Challenges that the emulator does not have, as the user pools API describes them.</summary>
public sealed class ChallengeTests
{
    private const string Tokens = """{"AuthenticationResult":{"AccessToken":"a","TokenType":"Bearer","ExpiresIn":3600}}""";

    [Theory]
    [InlineData("SMS_MFA", "SMS_MFA_CODE")]
    [InlineData("EMAIL_OTP", "EMAIL_OTP_CODE")]
    [InlineData("SMS_OTP", "SMS_OTP_CODE")]
    [InlineData("SOFTWARE_TOKEN_MFA", "SOFTWARE_TOKEN_MFA_CODE")]
    public async Task Code_is_sent_in_the_parameter_of_its_challenge(string name, string parameter)
    {
        var answers = new Queue<string>(
        [
            $$$"""{"ChallengeName":"{{{name}}}","Session":"s1","ChallengeParameters":{"USER_ID_FOR_SRP":"u-1","CODE_DELIVERY_DESTINATION":"+*******34"}}""", Tokens,
        ]);
        using var handler = new StubHandler(_ => Testing.StubbedResponse.CreateJson(answers.Dequeue()));
        using var sessions = handler.CreateSessions(options => options.ClientSecret = "secret");

        var challenge = (await sessions.SignInAsync("ann@example.com", "password")).Challenge!;
        var result = await sessions.AnswerCodeAsync(challenge, "123 456");

        Assert.Equal((CognitoChallengeKind.Code, "+*******34"), (challenge.Kind, challenge.CodeDestination));
        Assert.True(result.IsSignedIn);
        using var body = JsonDocument.Parse(handler.Bodies[1]);
        Assert.Equal("s1", body.RootElement.GetProperty("Session").GetString());
        Assert.Equal(name, body.RootElement.GetProperty("ChallengeName").GetString());
        var responses = body.RootElement.GetProperty("ChallengeResponses");
        Assert.Equal("123456", responses.GetProperty(parameter).GetString());
        Assert.Equal("u-1", responses.GetProperty("USERNAME").GetString());
        Assert.Equal(Shared.SecretHash.Compute("secret", "u-1", "1example23456789abcdefghij"), responses.GetProperty("SECRET_HASH").GetString());
    }

    [Theory]
    [InlineData("""{"ChallengeName":"SELECT_MFA_TYPE","Session":"s","ChallengeParameters":{"MFAS_CAN_CHOOSE":"[\"SMS_MFA\",\"SOFTWARE_TOKEN_MFA\"]"}}""")]
    [InlineData("""{"ChallengeName":"SELECT_CHALLENGE","Session":"s","AvailableChallenges":["PASSWORD","SMS_MFA","WEB_AUTHN","SOFTWARE_TOKEN_MFA","PASSWORD_SRP"]}""")]
    public async Task User_chooses_one_of_the_choices(string first)
    {
        var answers = new Queue<string>([first, """{"ChallengeName":"SMS_MFA","Session":"s2","ChallengeParameters":{}}"""]);
        using var handler = new StubHandler(_ => Testing.StubbedResponse.CreateJson(answers.Dequeue()));
        using var sessions = handler.CreateSessions();

        var challenge = (await sessions.SignInAsync("ann", "password")).Challenge!;
        Assert.Equal(["SMS_MFA", "SOFTWARE_TOKEN_MFA"], challenge.Choices);
        var refused = await Assert.ThrowsAsync<CognitoUserSessionException>(() => sessions.SelectChallengeAsync(challenge, "PASSWORD"));
        var next = (await sessions.SelectChallengeAsync(challenge, "SMS_MFA")).Challenge!;

        Assert.Equal("invalid_input", refused.Error);
        Assert.Equal(("SMS_MFA", "ann", "s2"), (next.Name, next.Username, next.Session));
        Assert.Equal(2, handler.Bodies.Count);
        Assert.Contains("\"ANSWER\":\"SMS_MFA\"", handler.Bodies[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not JSON")]
    [InlineData("{}")]
    [InlineData("""[\"\\ud800\"]""")]
    [InlineData("[7]")]
    public async Task Malformed_list_of_choices_is_read_as_an_empty_list(string list)
    {
        using var handler = new StubHandler($$$"""{"ChallengeName":"SELECT_MFA_TYPE","Session":"s","ChallengeParameters":{"MFAS_CAN_CHOOSE":"{{{list}}}"}}""");
        using var sessions = handler.CreateSessions();

        Assert.Empty((await sessions.SignInAsync("ann", "password")).Challenge!.Choices);
    }

    [Theory]
    [InlineData("MFA_SETUP")]
    [InlineData("CUSTOM_CHALLENGE")]
    [InlineData("DEVICE_SRP_AUTH")]
    [InlineData("SOMETHING_NEW")]
    public async Task Challenge_that_this_library_cannot_answer_is_a_result_and_not_an_error(string name)
    {
        using var handler = new StubHandler($$$"""{"ChallengeName":"{{{name}}}","Session":"s","ChallengeParameters":{}}""");
        using var sessions = handler.CreateSessions();

        var challenge = (await sessions.SignInAsync("ann", "password")).Challenge!;

        Assert.Equal((name, CognitoChallengeKind.Unsupported), (challenge.Name, challenge.Kind));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sessions.AnswerCodeAsync(challenge, "1"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sessions.AnswerNewPasswordAsync(challenge, "1"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => sessions.SelectChallengeAsync(challenge, "1"));
        Assert.Single(handler.Bodies);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"ChallengeName":"sms mfa","Session":"s"}""")]
    [InlineData("""{"AuthenticationResult":{"AccessToken":"a","TokenType":"Bearer"}}""")]
    [InlineData("""{"AuthenticationResult":{"AccessToken":"a b","TokenType":"Bearer","ExpiresIn":3600}}""")]
    [InlineData("""{"AuthenticationResult":{"AccessToken":"a","TokenType":"Bearer","ExpiresIn":3600,"IdToken":7}}""")]
    [InlineData("""{"AuthenticationResult":{"AccessToken":"a","TokenType":"Bearer","ExpiresIn":3600,"RefreshToken":"a\nb"}}""")]
    [InlineData("""{"AuthenticationResult":[]}""")]
    [InlineData("[]")]
    [InlineData("<html>")]
    public async Task Answer_that_is_neither_tokens_nor_a_challenge_is_invalid(string body)
    {
        using var handler = new StubHandler(body);
        using var sessions = handler.CreateSessions();

        var failure = await Assert.ThrowsAsync<CognitoUserSessionException>(() => sessions.SignInAsync("ann", "password"));

        Assert.Equal((CognitoUserSessionErrors.InvalidResponse, false), (failure.Error, failure.IsTransient));
    }

    [Fact]
    public async Task Lifetime_counts_from_the_request()
    {
        var clock = new Testing.ManualClock();
        var sentAt = clock.GetUtcNow();
        using var handler = new StubHandler(_ =>
        {
            clock.Advance(TimeSpan.FromSeconds(5));
            return Testing.StubbedResponse.CreateJson(Tokens);
        });
        using var sessions = handler.CreateSessions(clock: clock);

        var tokens = (await sessions.SignInAsync("ann", "password")).Tokens!;

        Assert.Equal(sentAt + TimeSpan.FromHours(1), tokens.ExpiresAt);
    }
}
