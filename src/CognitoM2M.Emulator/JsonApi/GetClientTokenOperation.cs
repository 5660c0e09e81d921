using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Tokens;
using CognitoM2M.Emulator.UserPools;

namespace CognitoM2M.Emulator.JsonApi;

/// <summary><c>GetClientToken</c>: a token without a domain. Of the client's OAuth settings only the scopes matter.</summary>
internal sealed class GetClientTokenOperation(UserPoolDirectory userPools, AccessTokenIssuer issuer)
{
    public const string Name = "GetClientToken";

    private const int MaxScopes = 50;

    /// <summary>The client id as far as it can be read, to count the request by.</summary>
    public static string? ClientIdOf(JsonApiRequest request)
    {
        try
        {
            return request.Input?.Text("ClientId");
        }
        catch (JsonApiException)
        {
            return null;
        }
    }

    public async Task<JsonObject> RunAsync(JsonApiInput input, CancellationToken cancellationToken)
    {
        var clientId = input.Text("ClientId");
        var secret = input.Text("Secret");
        var requested = input.TextList("Scopes");
        // For a trigger the emulator does not have; only its form is checked.
        _ = input.TextMap("ClientMetadata");

        new InputValidation()
            .Text("clientId", clientId, TextShape.ClientId)
            .Secret("secret", secret, TextShape.ClientSecret)
            .TextList("scopes", requested, MaxScopes, TextShape.Scope)
            .ThrowIfAny();

        if (userPools.FindClient(clientId) is not { Settings: var settings } client || !settings.HasSecret(secret))
            throw new JsonApiException("NotAuthorizedException", "Invalid client or secret");
        if (!settings.AllowsClientTokenAuth)
            throw JsonApiException.InvalidParameter("CLIENT_TOKEN_AUTH flow not enabled for this client");

        var scopes = ScopeGrant.Decide(client.UserPool, settings, requested);
        if (scopes.IsEmpty)
            throw JsonApiException.InvalidParameter($"Invalid scope requested: {string.Join(' ', requested)}");

        var token = await issuer.IssueAsync(client, settings.AccessTokenValidity, scopes, cancellationToken).ConfigureAwait(false);
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
