using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The responses of the token endpoint, with the headers that Cognito sends.</summary>
internal static class TokenResponse
{
    private const string Json = "application/json;charset=UTF-8";

    private static readonly ImmutableDictionary<string, string> _commonHeaders = PreparedResponse.NoHeaders
        .Add("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
        .Add("Pragma", "no-cache")
        .Add("Expires", "0")
        .Add("X-Content-Type-Options", "nosniff")
        .Add("X-Frame-Options", "DENY");

    public static PreparedResponse CreateSuccess(IssuedToken token) => AddHeaders(PreparedResponse.CreateJson(
        StatusCodes.Status200OK,
        new JsonObject
        {
            ["access_token"] = token.AccessToken,
            ["expires_in"] = token.ExpiresIn,
            ["token_type"] = IssuedToken.TokenType,
        },
        Json));

    /// <summary>The tokens of a user. There is an ID token only if the scope <c>openid</c> was granted.</summary>
    public static PreparedResponse CreateSuccess(UserTokenSet tokens)
    {
        var body = new JsonObject();
        if (tokens.Scopes.Contains(UserClaims.OpenId, StringComparer.Ordinal))
            body["id_token"] = tokens.IdToken;
        body["access_token"] = tokens.AccessToken;
        if (tokens.RefreshToken is { } refreshToken)
            body["refresh_token"] = refreshToken;
        body["expires_in"] = tokens.ExpiresIn;
        body["token_type"] = IssuedToken.TokenType;
        return AddHeaders(PreparedResponse.CreateJson(StatusCodes.Status200OK, body, Json));
    }

    public static PreparedResponse CreateEmpty() => AddHeaders(new PreparedResponse(StatusCodes.Status200OK));

    public static PreparedResponse CreateError(
        string error, int statusCode = StatusCodes.Status400BadRequest, string? description = null)
    {
        var body = new JsonObject { ["error"] = error };
        if (description is not null)
            body["error_description"] = description;
        return AddHeaders(PreparedResponse.CreateJson(statusCode, body, Json));
    }

    public static PreparedResponse CreateMethodNotAllowed() => AddHeaders(PreparedResponse.CreateMethodNotAllowed(HttpMethods.Post));

    private static PreparedResponse AddHeaders(PreparedResponse response) => CrossOrigin.Allow(response with
    {
        Headers = response.Headers
            .AddRange(_commonHeaders)
            .Add("x-amz-cognito-request-id", Guid.NewGuid().ToString())
            // Cognito sets a cookie here. The emulator does so too, because a client must neither need nor keep the cookie.
            .Add("Set-Cookie", $"XSRF-TOKEN={Guid.NewGuid()}; Path=/; Secure; HttpOnly"),
    });
}
