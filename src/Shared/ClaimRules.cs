using System.Collections.Frozen;

namespace CognitoM2M.Shared;

/// <summary>Which claims of an access token a pre token generation trigger may set or leave out (Developer Guide: pre token generation trigger).</summary>
internal static class ClaimRules
{
    /// <summary>How many claims and scopes the trigger may change.</summary>
    public const int MaxChanges = 5_000;

    private static readonly FrozenSet<string> _fixed = FrozenSet.ToFrozenSet(
        [
            "acr", "amr", "at_hash", "auth_time", "azp", "client_id", "device_key", "event_id", "exp", "iat", "identities", "iss", "jti",
            "nbf", "nonce", "origin_jti", "sub", "token_use", "username", "version",
        ],
        StringComparer.Ordinal);

    private static readonly FrozenSet<string> _groupClaims =
        FrozenSet.ToFrozenSet(["cognito:groups", "cognito:roles", "cognito:preferred_role"], StringComparer.Ordinal);

    /// <summary>Finds out why a claim cannot be changed.</summary>
    /// <returns>What is wrong, as the end of a sentence; null if the claim can be changed.</returns>
    public static string? FindObstacle(string name) =>
        name is "scope" ? "is changed by adding or suppressing scopes"
        : name.Length == 0 || _fixed.Contains(name) || (name.StartsWith("cognito:", StringComparison.Ordinal) && !_groupClaims.Contains(name))
            ? "cannot be changed: Cognito sets it alone"
        : null;
}
