using System.Collections.Frozen;

namespace CognitoM2M.Shared;

/// <summary>
/// Names of claims that decide about access. .NET searches an identity without regard to upper and lower case. A claim Scope, which a pre token
/// generation trigger can add, would count as the claim scope; so claims that differ from these names only in case are left out.
/// </summary>
internal static class ProtectedClaims
{
    private static readonly FrozenSet<string> _names = FrozenSet.ToFrozenSet(
        ["aud", "client_id", "cognito:groups", "cognito:username", "iss", "scope", "sub", "token_use", "username"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name differs from a protected name only in case.</summary>
    public static bool IsImitation(string name) => _names.TryGetValue(name, out var known) && known != name;
}
