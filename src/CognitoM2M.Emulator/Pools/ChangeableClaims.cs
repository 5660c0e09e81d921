using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Shared;

namespace CognitoM2M.Emulator.Pools;

/// <summary>The claims of an access token that a pre token generation trigger may set or leave out.</summary>
internal static class ChangeableClaims
{
    /// <returns>The claims, copied.</returns>
    /// <exception cref="RefusedException">A claim cannot have its value, or is one of Cognito's own.</exception>
    public static WireSettings Copy(IReadOnlyCollection<KeyValuePair<string, JsonNode?>> claims, string clientId)
    {
        if (claims.Count > ClaimRules.MaxChanges)
            throw RefusedException.InvalidParameter($"A token has at most {ClaimRules.MaxChanges} claims of its own.");
        var copy = new JsonObject();
        foreach (var (name, value) in claims)
        {
            Check(name, value, clientId);
            copy[name] = value.DeepClone();
        }

        return WireSettings.Create(copy);
    }

    /// <exception cref="RefusedException">The claim cannot have this value, or is one of Cognito's own.</exception>
    public static void Check(string name, [NotNull] JsonNode? value, string clientId)
    {
        Check(name);
        if (value is null || value.GetValueKind() == JsonValueKind.Null)
            throw RefusedException.InvalidParameter($"Claim '{name}' has no value.");
        if (name is "aud" && !(value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() == clientId))
            throw RefusedException.InvalidParameter("Claim 'aud' can only be the client id.");
    }

    /// <exception cref="RefusedException">The claim is one of Cognito's own.</exception>
    public static void Check(string name)
    {
        if (ClaimRules.FindObstacle(name) is { } obstacle)
            throw RefusedException.InvalidParameter($"Claim '{name}' {obstacle}.");
    }
}
