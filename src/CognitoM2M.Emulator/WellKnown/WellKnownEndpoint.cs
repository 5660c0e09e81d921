using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;

namespace CognitoM2M.Emulator.WellKnown;

/// <summary>Serves key sets and discovery documents.</summary>
internal sealed class WellKnownEndpoint(UserPoolDirectory userPools)
{
    public async ValueTask<HttpAnswer> AnswerAsync(string method, WellKnownPath path, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            return HttpAnswer.MethodNotAllowed("GET, HEAD");
        if (userPools.Find(path.UserPoolId) is not { } userPool)
        {
            var body = new JsonObject { ["message"] = $"User pool {path.UserPoolId} does not exist." };
            return HttpAnswer.Json(StatusCodes.Status404NotFound, body);
        }

        var document = path.Endpoint == EmulatorEndpoint.Jwks
            ? await KeySetAsync(userPool, cancellationToken).ConfigureAwait(false)
            : Discovery(userPool);
        return HttpAnswer.Json(StatusCodes.Status200OK, document);
    }

    private static async Task<JsonObject> KeySetAsync(EmulatedUserPool userPool, CancellationToken cancellationToken)
    {
        var keys = await userPool.SigningKeys.PublishedKeysAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.ToJwk())]) };
    }

    private JsonObject Discovery(EmulatedUserPool userPool) => new()
    {
        ["authorization_endpoint"] = At("oauth2/authorize"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["issuer"] = userPool.Issuer,
        ["jwks_uri"] = userPool.JwksUri.AbsoluteUri,
        ["response_types_supported"] = new JsonArray("code", "token"),
        ["scopes_supported"] = new JsonArray("openid", "email", "phone", "profile"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["token_endpoint"] = At("oauth2/token"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post"),
        ["userinfo_endpoint"] = At("oauth2/userInfo"),
    };

    private string At(string path) => new Uri(userPools.BaseAddress, path).AbsoluteUri;
}
