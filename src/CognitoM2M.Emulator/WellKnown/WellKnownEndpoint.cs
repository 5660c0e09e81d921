using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace CognitoM2M.Emulator.WellKnown;

/// <summary>Serves key sets and discovery documents.</summary>
internal sealed class WellKnownEndpoint(UserPoolDirectory userPools)
{
    public const string Methods = "GET, HEAD";

    // As long as the verifiers' own default, so that the header changes nothing for them.
    private const string CacheControl = "public, max-age=3600";

    public async ValueTask<PreparedResponse> HandleAsync(string method, WellKnownPath path, CancellationToken cancellationToken) =>
        CrossOrigin.Allow(await CreateResponseAsync(method, path, cancellationToken).ConfigureAwait(false));

    private async Task<PreparedResponse> CreateResponseAsync(string method, WellKnownPath path, CancellationToken cancellationToken)
    {
        if (!HttpMethods.IsGet(method) && !HttpMethods.IsHead(method))
            return PreparedResponse.CreateMethodNotAllowed(Methods);
        if (userPools.Find(path.UserPoolId) is not { } userPool)
        {
            var body = new JsonObject { ["message"] = $"User pool {path.UserPoolId} does not exist." };
            return PreparedResponse.CreateJson(StatusCodes.Status404NotFound, body);
        }

        var document = path.Endpoint == EmulatorEndpoint.Jwks
            ? await CreateKeySetAsync(userPool, cancellationToken).ConfigureAwait(false)
            : CreateDiscoveryDocument(userPool);
        var response = PreparedResponse.CreateJson(StatusCodes.Status200OK, document);
        return response with { Headers = response.Headers.Add(HeaderNames.CacheControl, CacheControl) };
    }

    private static async Task<JsonObject> CreateKeySetAsync(EmulatedUserPool userPool, CancellationToken cancellationToken)
    {
        var keys = await userPool.SigningKeys.GetPublishedKeysAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        return new JsonObject { ["keys"] = new JsonArray([.. keys.Select(key => key.ToJwk())]) };
    }

    private JsonObject CreateDiscoveryDocument(EmulatedUserPool userPool) => new()
    {
        ["authorization_endpoint"] = Resolve("oauth2/authorize"),
        ["end_session_endpoint"] = Resolve("logout"),
        ["id_token_signing_alg_values_supported"] = new JsonArray("RS256"),
        ["issuer"] = userPool.Issuer,
        ["jwks_uri"] = userPool.JwksUri.AbsoluteUri,
        // Cognito names token, too. The emulator does not have this flow (implicit).
        ["response_types_supported"] = new JsonArray("code"),
        ["revocation_endpoint"] = Resolve("oauth2/revoke"),
        ["scopes_supported"] = new JsonArray("openid", "email", "phone", "profile"),
        ["subject_types_supported"] = new JsonArray("public"),
        ["token_endpoint"] = Resolve("oauth2/token"),
        ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_basic", "client_secret_post"),
        ["userinfo_endpoint"] = Resolve("oauth2/userInfo"),
    };

    private string Resolve(string path) => new Uri(userPools.BaseAddress, path).AbsoluteUri;
}
