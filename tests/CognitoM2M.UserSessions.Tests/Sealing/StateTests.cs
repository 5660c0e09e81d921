using CognitoM2M.UserSessions.Tests.Support;
using Microsoft.AspNetCore.WebUtilities;

namespace CognitoM2M.UserSessions.Tests.Sealing;

/// <summary>What a state holds, and how long it may be.</summary>
public sealed class StateTests : IDisposable
{
    private const string Account = "aws.cognito.signin.user.admin";

    private readonly StubHandler _handler = new("""{"access_token":"a","token_type":"Bearer","expires_in":3600}""");
    private readonly CognitoUserSessions _sessions;

    public StateTests() => _sessions = _handler.CreateSessions();

    [Theory]
    [InlineData('&')]
    [InlineData('"')]
    [InlineData('<')]
    public async Task Longest_return_address_of_characters_that_JSON_escapes_comes_back(char character)
    {
        var address = "/" + new string(character, 999);

        var signedIn = await CompleteAsync(new() { ReturnUrl = address, Scopes = [Account] });

        Assert.Equal(address, signedIn.ReturnUrl);
    }

    [Fact]
    public void Challenge_that_is_too_long_to_be_opened_is_not_sealed()
    {
        var error = Assert.Throws<InvalidOperationException>(() => _sessions.SealChallenge(new CognitoChallenge("SMS_MFA", "ann", new string('s', 7000))));

        Assert.Contains("at most 8192", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Lifetime_is_read_when_the_operations_are_made()
    {
        var clock = new Testing.ManualClock();
        CognitoUserSessionsOptions? options = null;
        using var sessions = _handler.CreateSessions(given => options = given, clock);

        options!.StateLifetime = TimeSpan.FromDays(1);

        Assert.Equal(clock.GetUtcNow() + TimeSpan.FromMinutes(15), sessions.CreateAuthorization(new()).ExpiresAt);
    }

    [Fact]
    public async Task Answer_without_an_ID_token_is_refused_if_openid_was_requested()
    {
        var failure = await Assert.ThrowsAsync<CognitoUserSessionException>(() => CompleteAsync(new() { Scopes = [Account, "openid"] }));

        Assert.Equal((CognitoUserSessionFailure.SignInExpired, "invalid_nonce"), (failure.Failure, failure.Error));
        Assert.Null((await CompleteAsync(new() { Scopes = [Account] })).Tokens.IdToken);
    }

    public void Dispose()
    {
        _sessions.Dispose();
        _handler.Dispose();
    }

    private Task<CognitoAuthorizedSignIn> CompleteAsync(CognitoAuthorizationParameters parameters)
    {
        var begun = _sessions.CreateAuthorization(parameters);
        return _sessions.CompleteAuthorizationAsync($"?code=c&state={QueryHelpers.ParseQuery(begun.Address.Query)["state"]}", begun.CodeVerifier);
    }
}
