using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Issuance;
using CognitoM2M.Emulator.JsonApi;
using CognitoM2M.Emulator.JsonApi.Shapes;
using CognitoM2M.Emulator.Operations.UserPools;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>
/// <c>GetClientToken</c>: issues a token without a domain. Of the OAuth settings of the app client, only <c>AllowedOAuthScopes</c> has an
/// effect.
/// </summary>
internal sealed class GetClientTokenOperation(UserPoolDirectory userPools, AccessTokenIssuer issuer)
{
    public const string Name = "GetClientToken";

    private static readonly StructureShape _input = new StructureShape()
        .Required("ClientId", Shape.Text(TextShape.ClientId))
        .Required("Secret", Shape.Secret(TextShape.ClientSecret))
        .Optional("Scopes", Shape.ListOf(Shape.Text(TextShape.Scope), CognitoNames.MaxScopesPerClient))
        .Optional("ClientMetadata", Shape.MapOf(TextShape.Any, TextShape.Any));

    public JsonApiOperation Operation => new(Name, _input, RunAsync);

    private async ValueTask<JsonObject?> RunAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var requested = input.GetTextList("Scopes");
        if (userPools.FindClient(input.GetText("ClientId")) is not { Settings: var settings } client
            || !input.IsInRegion(client.UserPool)
            || !settings.HasSecret(input.GetText("Secret")))
            throw RefusedException.NotAuthorized("Invalid client or secret");
        if (!settings.AllowsClientTokenAuth)
            throw RefusedException.InvalidParameter("CLIENT_TOKEN_AUTH flow not enabled for this client");

        var scopes = ScopeGrant.Decide(client.UserPool, settings, requested);
        if (scopes.IsEmpty)
            throw RefusedException.InvalidParameter($"Invalid scope requested: {string.Join(' ', requested)}");

        var token = await issuer.IssueAsync(client, scopes, input.GetTextMap("ClientMetadata"), cancellationToken).ConfigureAwait(false);
        return new JsonObject
        {
            ["ClientAuthenticationResult"] = new JsonObject
            {
                ["AccessToken"] = token.AccessToken,
                ["ExpiresIn"] = token.ExpiresIn,
                ["TokenType"] = IssuedToken.TokenType,
            },
        };
    }
}
