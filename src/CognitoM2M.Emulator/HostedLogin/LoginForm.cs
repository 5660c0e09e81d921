using System.Security.Cryptography;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.HostedLogin;

/// <summary>The sign-in form, and the form for a new password. Each holds the value of a cookie, so that no other site can post it.</summary>
internal static class LoginForm
{
    public const string Username = "username";
    public const string Password = "password";
    public const string NewPassword = "new_password";
    public const string Session = "session";

    private const string CsrfField = "_csrf";
    private const string CsrfCookie = "XSRF-TOKEN";
    private const int CsrfLength = 32;

    /// <summary>Whether the form was posted from a page of the emulator.</summary>
    public static bool IsOwn(BrowserRequest request) =>
        request.Cookies[CsrfCookie] is { Length: CsrfLength } cookie
        && request.Form[CsrfField] is { } field
        && ConstantTime.AreEqual(cookie, field);

    /// <param name="request">The request.</param>
    /// <param name="authorization">What the app client asks for.</param>
    /// <param name="error">The message to show; null for none.</param>
    public static PreparedResponse CreateSignIn(BrowserRequest request, AuthorizationRequest authorization, string? error)
    {
        var username = request.Form[Username] ?? request.Query["login_hint"] ?? "";
        return Create(request, authorization, "Sign in", error, $"""
            <label for="username">{UserNames.Describe(authorization.Client.UserPool)}</label>
            <input id="username" name="{Username}" value="{BrowserResponse.Encode(username)}" autocomplete="username" autocapitalize="none" required autofocus>
            <label for="password">Password</label>
            <input id="password" name="{Password}" type="password" autocomplete="current-password" required>
            <button>Sign in</button>
            """);
    }

    /// <param name="request">The request.</param>
    /// <param name="authorization">What the app client asks for.</param>
    /// <param name="session">The session of the challenge.</param>
    /// <param name="missing">The names of the attributes that the user must give, too.</param>
    /// <param name="error">The message to show; null for none.</param>
    public static PreparedResponse CreateNewPassword(
        BrowserRequest request, AuthorizationRequest authorization, string session, IReadOnlyList<string> missing, string? error) =>
        Create(request, authorization, "Change password", error, $"""
            <input type="hidden" name="{Session}" value="{BrowserResponse.Encode(session)}">
            <label for="new_password">New password</label>
            <input id="new_password" name="{NewPassword}" type="password" autocomplete="new-password" required autofocus>
            {string.Concat(missing.Select(name => CreateField(request, name)))}
            <button>Change password</button>
            """);

    /// <summary>Reads the attributes that the user has filled in.</summary>
    public static IReadOnlyCollection<UserAttribute> ReadAttributes(BrowserRequest request, IReadOnlyList<string> missing) =>
        [.. missing.Where(name => request.Form[ChallengeAttributes.Prefix + name] is not null).Select(name => new UserAttribute(name, request.Form[ChallengeAttributes.Prefix + name]!))];

    private static string CreateField(BrowserRequest request, string attribute)
    {
        var field = BrowserResponse.Encode(ChallengeAttributes.Prefix + attribute);
        var value = BrowserResponse.Encode(request.Form[ChallengeAttributes.Prefix + attribute] ?? "");
        return $"""
            <label for="{field}">{BrowserResponse.Encode(attribute)}</label>
            <input id="{field}" name="{field}" value="{value}" required>
            """;
    }

    private static PreparedResponse Create(
        BrowserRequest request, AuthorizationRequest authorization, string title, string? error, string fields)
    {
        // Forms in several tabs share one cookie.
        var csrf = request.Cookies[CsrfCookie] is { Length: CsrfLength } known && known.All(char.IsAsciiHexDigitLower)
            ? known
            : RandomNumberGenerator.GetHexString(CsrfLength, lowercase: true);
        var alert = error is null ? "" : $"<p role=\"alert\">{BrowserResponse.Encode(error)}</p>";
        var action = LoginEndpoint.Path + request.Query.ToQueryString();
        var page = BrowserResponse.CreatePage(error is null ? StatusCodes.Status200OK : StatusCodes.Status400BadRequest, title, $"""
            <p>{BrowserResponse.Encode(authorization.Client.ClientName)} asks you to sign in to the user pool
            {BrowserResponse.Encode(authorization.Client.UserPool.Name)} of the emulator.</p>
            {alert}
            <form method="post" action="{BrowserResponse.Encode(action)}">
            <input type="hidden" name="{CsrfField}" value="{csrf}">
            {fields}
            </form>
            """);
        return BrowserResponse.SetCookie(page, CsrfCookie, csrf, lifetime: null);
    }
}
