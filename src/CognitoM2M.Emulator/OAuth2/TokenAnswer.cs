using System.Collections.Immutable;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary>The answers of the token endpoint, with the headers that Cognito's has.</summary>
internal static class TokenAnswer
{
    private const string Json = "application/json;charset=UTF-8";

    private static readonly ImmutableDictionary<string, string> _commonHeaders = HttpAnswer.NoHeaders
        .Add("Access-Control-Allow-Origin", "*")
        .Add("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
        .Add("Pragma", "no-cache")
        .Add("Expires", "0")
        .Add("X-Content-Type-Options", "nosniff")
        .Add("X-Frame-Options", "DENY");

    public static HttpAnswer Issued(IssuedToken token) => Complete(HttpAnswer.Json(
        StatusCodes.Status200OK,
        new JsonObject
        {
            ["access_token"] = token.AccessToken,
            ["expires_in"] = token.ExpiresIn,
            ["token_type"] = IssuedToken.TokenType,
        },
        Json));

    public static HttpAnswer Refused(string error, int statusCode = StatusCodes.Status400BadRequest) =>
        Complete(HttpAnswer.Json(statusCode, new JsonObject { ["error"] = error }, Json));

    public static HttpAnswer MethodNotAllowed() => Complete(HttpAnswer.MethodNotAllowed(HttpMethods.Post));

    private static HttpAnswer Complete(HttpAnswer answer) => answer with
    {
        Headers = answer.Headers
            .AddRange(_commonHeaders)
            .Add("x-amz-cognito-request-id", Guid.NewGuid().ToString())
            // Cognito sets a cookie here; a client must neither need nor keep it.
            .Add("Set-Cookie", $"XSRF-TOKEN={Guid.NewGuid()}; Path=/; Secure; HttpOnly"),
    };
}
