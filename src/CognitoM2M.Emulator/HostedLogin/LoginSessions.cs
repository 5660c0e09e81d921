using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.Users;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>
/// Remembers in a cookie of the browser who has signed in, for an hour. Until then, other app clients of the pool get a code without the
/// form. As in Cognito, a global sign-out does not end it; <c>/logout</c> does.
/// </summary>
internal sealed class LoginSessions(SealedText seals, TimeProvider timeProvider)
{
    private const string Purpose = "login";

    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(1);

    public PreparedResponse Begin(PreparedResponse response, EmulatedUserPool pool, PoolUser user, DateTimeOffset authenticatedAt) =>
        BrowserResponse.SetCookie(
            response,
            GetName(pool),
            seals.Seal(Purpose, new JsonObject
            {
                ["pool"] = pool.Id,
                ["sub"] = user.Sub,
                ["at"] = authenticatedAt.ToUnixTimeMilliseconds(),
            }),
            _lifetime);

    public static PreparedResponse End(PreparedResponse response, EmulatedUserPool pool) =>
        BrowserResponse.SetCookie(response, GetName(pool), "", TimeSpan.Zero);

    /// <returns>The user who has signed in with this browser, and when; null if nobody has.</returns>
    public (PoolUser User, DateTimeOffset AuthenticatedAt)? Find(EmulatedUserPool pool, IRequestCookieCollection cookies)
    {
        if (cookies[GetName(pool)] is not { } cookie
            || seals.Open(Purpose, cookie) is not { } content
            || !content.GetProperty("pool").ValueEquals(pool.Id)
            || pool.UserList.FindBySub(content.GetProperty("sub").GetString()!) is not { IsEnabled: true } user)
            return null;

        var at = DateTimeOffset.FromUnixTimeMilliseconds(content.GetProperty("at").GetInt64());
        return timeProvider.GetUtcNow() - at < _lifetime ? (user, at) : null;
    }

    private static string GetName(EmulatedUserPool pool) => $"cognito_{pool.Id}";
}
