using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.SignIn;

/// <summary>Which token of the user is sent, and for how long.</summary>
public sealed class TokenKindTests
{
    [Theory]
    [InlineData(CognitoTokenKind.Access, "Bearer access-1")]
    [InlineData(CognitoTokenKind.Id, "Bearer id-1")]
    public async Task Chosen_token_is_sent_as_a_bearer_token(CognitoTokenKind kind, string expected)
    {
        await using var user = new StubbedUser(options => options.TokenKind = kind);

        await user.Service.CallApiAsync();

        Assert.Equal([expected], user.Service.ApiCalls);
    }

    [Theory]
    [InlineData(3600, """{"iat":1000,"exp":4600}""", 3600)]
    [InlineData(3600, """{"iat":1000,"exp":1600}""", 600)]
    [InlineData(600, """{"iat":1000,"exp":4600}""", 600)]
    [InlineData(600, """{"iat":1000,"exp":1000}""", 600)]
    [InlineData(600, """{"iat":1000,"exp":999}""", 600)]
    [InlineData(600, """{"iat":-9,"exp":100}""", 600)]
    [InlineData(600, """{"iat":"1000","exp":1001}""", 600)]
    [InlineData(600, """{"exp":1001}""", 600)]
    [InlineData(99999, """{"iat":0,"exp":9223372036854775807}""", 86400)]
    public async Task Access_token_lives_as_long_as_the_answer_and_the_token_say(int expiresIn, string claims, int expected)
    {
        await using var user = new StubbedUser();
        user.OnRequest = _ => StubbedUser.GiveTokens(StubbedUser.CreateJwt(claims), "id", "refresh", expiresIn);

        var token = await user.Service.Provider.GetTokenAsync("orders");

        Assert.Equal(user.Clock.GetUtcNow() + TimeSpan.FromSeconds(expected), token.ExpiresAt);
    }

    [Theory]
    [InlineData(600, """{"iat":1000,"exp":4600}""", 3600)]
    [InlineData(3600, """{"iat":1000,"exp":1300}""", 300)]
    [InlineData(600, """{"sub":"x"}""", 600)]
    public async Task Id_token_has_a_lifetime_of_its_own(int expiresIn, string claims, int expected)
    {
        await using var user = new StubbedUser(options => options.TokenKind = CognitoTokenKind.Id);
        user.OnRequest = _ => StubbedUser.GiveTokens("access", StubbedUser.CreateJwt(claims), "refresh", expiresIn);

        var token = await user.Service.Provider.GetTokenAsync("orders");

        Assert.Equal(user.Clock.GetUtcNow() + TimeSpan.FromSeconds(expected), token.ExpiresAt);
    }

    [Theory]
    [InlineData("\"IdToken\":\"with space\",")]
    [InlineData("\"IdToken\":7,")]
    [InlineData("")]
    public async Task Answer_without_an_id_token_is_an_invalid_response_if_the_id_token_is_wanted(string member)
    {
        await using var user = new StubbedUser(options => options.TokenKind = CognitoTokenKind.Id);
        user.OnRequest = _ => StubbedResponse.CreateJson($$$"""{"AuthenticationResult":{"AccessToken":"a",{{{member}}}"ExpiresIn":3600,"TokenType":"Bearer"}}""");

        var failure = await user.FailToGetTokenAsync();

        Assert.Equal(CognitoTokenErrors.InvalidResponse, failure.Error);
        Assert.Contains("IdToken", failure.Hint, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Scopes_of_the_access_token_are_read_and_none_are_missed()
    {
        var log = new LogRecorder();
        await using var user = new StubbedUser(
            options => options.TokenKind = CognitoTokenKind.Id, services => services.AddLogging(logging => logging.AddProvider(log)));
        user.OnRequest = _ => StubbedUser.GiveTokens("access", StubbedUser.CreateJwt("""{"sub":"x"}"""), "refresh");
        Assert.Empty((await user.Service.Provider.GetTokenAsync("orders")).Scopes);
        Assert.DoesNotContain(log.Lines, line => line.Contains("lacks requested scopes", StringComparison.Ordinal));

        await using var other = new StubbedUser();
        other.OnRequest = _ => StubbedUser.GiveTokens(StubbedUser.CreateJwt("""{"scope":"aws.cognito.signin.user.admin"}"""), "id", "refresh");
        Assert.Equal(["aws.cognito.signin.user.admin"], (await other.Service.Provider.GetTokenAsync("orders")).Scopes);
    }
}
