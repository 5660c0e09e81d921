using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Checks the claims of app clients by the rules for a pre token generation trigger.</summary>
internal static class ClaimsValidation
{
    public static IEnumerable<BlueprintMistake> Check(string path, AppClientBlueprint client)
    {
        if (client.Claims is not { } claims)
            yield break;

        if (claims.Count > ClaimRules.MaxChanges)
            yield return Create($"{path}.claims", $"{claims.Count} claims are too many; at most {ClaimRules.MaxChanges} are allowed");
        foreach (var (name, value) in claims)
        {
            if (ClaimRules.FindObstacle(name) is { } obstacle)
                yield return Create($"{path}.claims.{name}", $"the claim '{name}' {obstacle}");
            else if (value is null || value.GetValueKind() == JsonValueKind.Null)
                yield return Create($"{path}.claims.{name}", "must not be null");
            else if (!IsReadable(value))
                yield return Create($"{path}.claims.{name}", "is not valid Unicode");
            else if (name == "aud" && client.Id is null)
                yield return Create($"{path}.claims.aud", "the claim 'aud' can only be the client id; choose the client id with id");
            else if (name == "aud" && !(value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == client.Id))
                yield return Create($"{path}.claims.aud", "the claim 'aud' can only be the client id");
        }
    }

    // Half of a surrogate pair causes an error only when the text is read.
    private static bool IsReadable(JsonNode value)
    {
        try
        {
            return value switch
            {
                JsonObject map => map.All(member => member.Value is null || IsReadable(member.Value)),
                JsonArray list => list.All(item => item is null || IsReadable(item)),
                _ => value.GetValueKind() != JsonValueKind.String || value.GetValue<string>() is not null,
            };
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    private static BlueprintMistake Create(string path, string message) => new() { Path = path, Message = message };
}
