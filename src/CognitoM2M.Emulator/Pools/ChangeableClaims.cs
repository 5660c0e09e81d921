using System.Collections.Frozen;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>The claims of an access token that a pre token generation trigger may set or leave out.</summary>
internal static class ChangeableClaims
{
    // Developer guide, pre token generation trigger.
    private static readonly FrozenSet<string> _fixed = FrozenSet.ToFrozenSet(
        [
            "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat", "identities", "iss", "jti",
            "nbf", "nonce", "origin_jti", "sub", "token_use", "username", "version",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> _groupClaims =
        FrozenSet.ToFrozenSet(["cognito:groups", "cognito:roles", "cognito:preferred_role"], StringComparer.Ordinal);

    /// <returns>The claims, copied.</returns>
    /// <exception cref="RefusedException">A claim cannot have its value, or is one of Cognito's own.</exception>
    public static WireSettings Copy(IReadOnlyDictionary<string, JsonNode> claims, string clientId)
    {
        ArgumentNullException.ThrowIfNull(claims);
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
        if (name is "scope")
            throw RefusedException.InvalidParameter("Claim 'scope' is changed by adding or suppressing scopes.");
        if (name.Length == 0
            || _fixed.Contains(name)
            || (name.StartsWith("cognito:", StringComparison.Ordinal) && !_groupClaims.Contains(name)))
            throw RefusedException.InvalidParameter($"Claim '{name}' cannot be changed: Cognito sets it alone.");
    }
}
