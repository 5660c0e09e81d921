using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.SignIns;
using CognitoM2M.Emulator.Users;
using CognitoM2M.Shared;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.OAuth2;

/// <summary><c>GET /oauth2/userInfo</c>: the attributes of the user whose access token is sent. The scopes of the token decide which.</summary>
internal sealed class UserInfoEndpoint(AccessTokenCheck accessTokens)
{
    public const string Methods = "GET, POST";

    public async Task<PreparedResponse> HandleAsync(string method, string authorization, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsPost(method))
            return PreparedResponse.CreateMethodNotAllowed(Methods);
        if (!BearerScheme.IsNamed(authorization))
            return CreateError(StatusCodes.Status401Unauthorized, OAuthError.InvalidRequest, "Access token is missing.");

        try
        {
            var token = await accessTokens.CheckAsync(BearerScheme.ReadToken(authorization).ToString(), cancellationToken).ConfigureAwait(false);
            return token.HasScope(UserClaims.OpenId)
                ? CrossOrigin.Allow(PreparedResponse.CreateJson(StatusCodes.Status200OK, Describe(token)))
                : CreateError(StatusCodes.Status403Forbidden, "insufficient_scope", "Access token does not contain openid scope.");
        }
        catch (RefusedException e)
        {
            return CreateError(StatusCodes.Status401Unauthorized, "invalid_token", e.Message);
        }
    }

    // As in Cognito, all values are texts here, also email_verified.
    private static JsonObject Describe(CheckedAccessToken token)
    {
        var described = new JsonObject { [PoolUser.SubAttribute] = token.User.Sub };
        foreach (var (name, value) in UserClaims.ListAttributes(token.Client, token.User, token.Scopes))
            described[name] = value;
        described["username"] = token.User.Username;
        return described;
    }

    private static PreparedResponse CreateError(int statusCode, string error, string description)
    {
        var response = PreparedResponse.CreateJson(statusCode, new JsonObject { ["error"] = error, ["error_description"] = description });
        return CrossOrigin.Allow(response with
        {
            Headers = response.Headers.Add(HeaderNames.WWWAuthenticate, $"Bearer error=\"{error}\",error_description=\"{description}\""),
        });
    }
}
