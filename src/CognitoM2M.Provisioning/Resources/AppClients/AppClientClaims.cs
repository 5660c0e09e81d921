using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>The claims of an app client in an emulator.</summary>
internal static class AppClientClaims
{
    /// <summary>Writes the claims as the emulator takes them; null if the blueprint has none.</summary>
    public static JsonElement? Write(AppClientBlueprint wanted) => wanted.Claims is { } claims
        ? JsonElement.Parse(new JsonObject(claims.Select(claim => KeyValuePair.Create(claim.Key, (JsonNode?)claim.Value.DeepClone()))).ToJsonString())
        : null;

    /// <summary>Adds the difference of the claims, if the blueprint has claims. The order of claims has no meaning.</summary>
    public static void Compare(Difference difference, UserPoolClient client, AppClientBlueprint wanted)
    {
        if (Write(wanted) is { } after && !(client.AccessTokenClaims is { } before && JsonElement.DeepEquals(before, after)))
            difference.Compare(nameof(client.AccessTokenClaims), client.AccessTokenClaims?.GetRawText(), after.GetRawText());
    }

    /// <summary>Reads the claims for a blueprint; null if the app client has none.</summary>
    public static IReadOnlyDictionary<string, JsonNode>? Read(UserPoolClient client) => client.AccessTokenClaims is { ValueKind: JsonValueKind.Object } claims
        ? claims.EnumerateObject().ToDictionary(claim => claim.Name, claim => JsonNode.Parse(claim.Value.GetRawText())!, StringComparer.Ordinal)
        : null;
}
