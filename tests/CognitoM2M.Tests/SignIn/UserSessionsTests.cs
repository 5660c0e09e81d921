using CognitoM2M.Settings;
using CognitoM2M.SignIn;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.SignIn;

/// <summary>The sign-ins of one provider are bounded, and none is lost without being counted.</summary>
public sealed class UserSessionsTests
{
    private const int MaxSessions = 20_000;

    [Theory]
    [InlineData(true, MaxSessions - 1)]
    [InlineData(false, 0)]
    public async Task Refresh_tokens_that_were_dropped_count_as_not_revoked(bool wantsRevocation, int expected)
    {
        // Nothing is sent, because no refresh token is left.
        var sessions = new UserSessions(http: null!);
        for (var i = 0; i < MaxSessions; i++)
            Find(sessions, $"{i}", wantsRevocation).Keep(i == 0 ? null : new RefreshToken("refresh", "robot"), clientSecret: null, operation: null);

        Find(sessions, "one more", wantsRevocation);

        Assert.Equal(wantsRevocation, sessions.HasTokensToRevoke);
        Assert.Equal(expected, await sessions.RevokeAllAsync());
    }

    private static UserSession Find(UserSessions sessions, string clientId, bool wantsRevocation)
    {
        var settings = new AppClientSettings("robots", new()
        {
            Route = CognitoTokenRoute.UserPassword,
            Region = "eu-west-1",
            ClientId = "abc123",
            Username = "robot",
            Password = "password-of-the-robot",
            RevokeRefreshTokenOnDispose = wantsRevocation,
        });
        return sessions.Find(new TokenEntryKey(settings.Route, "https://cognito-idp.eu-west-1.amazonaws.com/", settings.Authentication, clientId, "", "", ""), settings);
    }
}
