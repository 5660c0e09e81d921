using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.SignIn;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.SignIn;

/// <summary>What happens to the refresh tokens of more users than one process keeps sign-ins for.</summary>
public sealed class ManySessionsTests : IDisposable
{
    private readonly LogRecorder _log = new();
    private readonly List<string> _revoked = [];
    private readonly Instruments _instruments;
    private readonly UserSessions _sessions;

    public ManySessionsTests()
    {
        var clock = MonotonicClock.Find(new ManualClock());
        var http = new TokenHttp(() => new HttpClient(new InlineHandler((message, _) => RevokeAsync(message))), clock, new RequestPacers(clock), CancellationToken.None);
        _instruments = new Instruments(_log, meterFactory: null);
        _sessions = new UserSessions(http, _instruments, capacity: 2);
    }

    [Fact]
    public async Task Oldest_refresh_tokens_are_dropped_with_a_warning_and_the_others_are_revoked()
    {
        for (var i = 1; i <= 4; i++)
            SignIn($"robot-{i}");

        var left = await _sessions.RevokeAllAsync();

        Assert.Equal(0, left);
        Assert.Equal(["token of robot-3", "token of robot-4"], _revoked.Order(StringComparer.Ordinal));
        Assert.StartsWith(
            "Warning 17 2 refresh tokens were not revoked at disposal, because this process keeps at most 2 sign-ins of users.", Assert.Single(_log.Lines), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sign_ins_without_a_refresh_token_to_revoke_are_dropped_without_a_warning()
    {
        SignIn("robot-1", revokes: false);
        SignIn("robot-2").Forget();
        SignIn("robot-3").Forget();
        SignIn("robot-4").Forget();

        Assert.False(_sessions.HasTokensToRevoke);
        await _sessions.RevokeAllAsync();

        Assert.Empty(_log.Lines);
    }

    [Fact]
    public void Dropped_refresh_tokens_alone_are_a_reason_to_say_so_at_the_end()
    {
        SignIn("robot-1");
        SignIn("robot-2").Forget();
        SignIn("robot-3").Forget();

        Assert.True(_sessions.HasTokensToRevoke);
    }

    [Fact]
    public void Kept_sign_in_is_found_again()
    {
        var kept = SignIn("robot-1");
        SignIn("robot-2");

        Assert.Same(kept, SignIn("robot-1"));
        SignIn("robot-3");
        Assert.NotSame(kept, SignIn("robot-1"));
    }

    public void Dispose()
    {
        _instruments.Dispose();
        _log.Dispose();
    }

    private UserSession SignIn(string user, bool revokes = true)
    {
        var options = new CognitoM2MClientOptions { Region = "eu-west-1", ClientId = "abc123", RevokeRefreshTokenOnDispose = revokes };
        StubbedUser.UseUser(options);
        options.Username = user;
        var settings = new AppClientSettings("robots", options);
        var key = new TokenEntryKey(settings.Route, settings.Endpoint.AbsoluteUri, settings.Authentication, settings.ClientId, "secret", "", "") { Username = user };
        var session = _sessions.Find(key, settings);
        session.Keep(new RefreshToken($"token of {user}", user), clientSecret: null, operation: null);
        return session;
    }

    private Task<HttpResponseMessage> RevokeAsync(HttpRequestMessage message)
    {
        var sent = SignInMessage.Read(message);
        Assert.Equal("RevokeToken", sent.Operation);
        lock (_revoked)
            _revoked.Add(sent.Body.GetProperty("Token").GetString()!);
        return Task.FromResult(new HttpResponseMessage());
    }
}
