using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.UserSessions.Tests.Docs;

/// <summary>The code of docs/user-sessions.md, so that the compiler checks it and tests run it.</summary>
internal static class UserSessionsPage
{
    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddCognitoUserSessions(builder.Configuration.GetSection("CognitoM2M:UserSessions"));
        builder.Services.AddAuthentication(CookieAuthenticationDefaults.AuthenticationScheme).AddCookie();
    }

    public static void AddDataProtection(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(services =>
        {
            var protector = services.GetRequiredService<IDataProtectionProvider>().CreateProtector("CognitoM2M.UserSessions");
            return CognitoStateProtector.Create(protector.Protect, protector.Unprotect);
        });
    }

    public static void Map(WebApplication app)
    {
        app.MapGet("/login", (string? returnUrl, HttpContext http, CognitoUserSessions sessions) =>
        {
            var begun = sessions.CreateAuthorization(new()
            {
                ReturnUrl = sessions.IsAllowedReturnUrl(returnUrl) ? returnUrl! : "/",
                Scopes = ["openid", "aws.cognito.signin.user.admin"],
            });
            http.Response.Cookies.Append("__Host-sign-in", begun.CodeVerifier, new CookieOptions
            {
                HttpOnly = true,
                Secure = true,
                SameSite = SameSiteMode.Lax,
                Path = "/",
                Expires = begun.ExpiresAt,
            });
            return Results.Redirect(begun.Address.AbsoluteUri);
        });

        app.MapGet("/callback", async (HttpContext http, CognitoUserSessions sessions, CancellationToken cancelled) =>
        {
            var verifier = http.Request.Cookies["__Host-sign-in"];
            http.Response.Cookies.Delete("__Host-sign-in", new CookieOptions { Secure = true, Path = "/" });
            try
            {
                var signedIn = await sessions.CompleteAuthorizationAsync(http.Request.QueryString.Value, verifier, cancelled);
                var user = await sessions.GetUserAsync(signedIn.Tokens.AccessToken, cancelled);
                var identity = new ClaimsIdentity([new Claim("sub", user.Attributes["sub"]), new Claim(ClaimTypes.Name, user.Username)], "Cognito");
                var session = new AuthenticationProperties { IsPersistent = false };
                session.StoreTokens([new AuthenticationToken { Name = "refresh_token", Value = signedIn.Tokens.RefreshToken! }]);
                await http.SignInAsync(new ClaimsPrincipal(identity), session);
                return Results.Redirect(signedIn.ReturnUrl);
            }
            catch (CognitoUserSessionException failure)
            {
                // The state and the cookie work once, so the way on is a new sign-in.
                return Results.Content($"<p>{failure.UserMessage}</p><p><a href=\"/login\">Sign in</a></p>", "text/html", statusCode: 400);
            }
        });

        app.MapPost("/logout", async (HttpContext http, CognitoUserSessions sessions) =>
        {
            var refreshToken = await http.GetTokenAsync("refresh_token");
            await http.SignOutAsync();
            try
            {
                if (refreshToken is not null)
                    await sessions.RevokeAsync(refreshToken);
            }
            catch (CognitoUserSessionException)
            {
                // The browser is signed out. The failure is in the log.
            }

            return Results.Redirect(sessions.CreateLogoutAddress().AbsoluteUri);
        });
    }

    public static void AddAntiforgery(WebApplicationBuilder builder)
    {
        builder.Services.AddAntiforgery();
    }

    public static void MapPasswords(WebApplication app)
    {
        app.UseAntiforgery();

        app.MapGet("/password", (HttpContext http, IAntiforgery antiforgery) => Results.Content(
            CreateForm("/password", antiforgery.GetAndStoreTokens(http), """<input name="username"><input name="password" type="password">"""), "text/html"));

        app.MapPost("/password", async (
            [FromForm] string username, [FromForm] string password, HttpContext http, IAntiforgery antiforgery, CognitoUserSessions sessions, CancellationToken cancelled) =>
        {
            try
            {
                var result = await sessions.SignInAsync(username, password, cancelled);
                if (result.IsSignedIn)
                    return Results.Text("signed in");
                if (result.Challenge.Kind != CognitoChallengeKind.NewPassword)
                    return Results.Redirect("/login");

                var fields = $"""<input type="hidden" name="challenge" value="{sessions.SealChallenge(result.Challenge)}"><input name="newPassword" type="password">""";
                return Results.Content(CreateForm("/new-password", antiforgery.GetAndStoreTokens(http), fields), "text/html");
            }
            catch (CognitoUserSessionException failure)
            {
                return Results.Text(failure.UserMessage, statusCode: 400);
            }
        });

        static string CreateForm(string action, AntiforgeryTokenSet token, string fields) =>
            $"""<form method="post" action="{action}"><input type="hidden" name="{token.FormFieldName}" value="{token.RequestToken}">{fields}<button>Continue</button></form>""";

        app.MapPost("/new-password", async ([FromForm] string challenge, [FromForm] string newPassword, CognitoUserSessions sessions, CancellationToken cancelled) =>
        {
            try
            {
                var result = await sessions.AnswerNewPasswordAsync(sessions.OpenChallenge(challenge), newPassword, cancellationToken: cancelled);
                return Results.Text(result.IsSignedIn ? "signed in" : result.Challenge.Name);
            }
            catch (CognitoUserSessionException failure)
            {
                return Results.Text(failure.UserMessage, statusCode: 400);
            }
        });
    }
}
