using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Decides which scopes a token carries.</summary>
internal static class ScopeGrant
{
    /// <returns>
    /// The requested scopes, in the order of the client's settings; all allowed scopes if none is requested. Scopes that no longer exist
    /// are left out. Empty if the request must be refused.
    /// </returns>
    public static ImmutableArray<string> Decide(
        EmulatedUserPool userPool, AppClientSettings settings, IReadOnlyCollection<string> requested)
    {
        if (requested.Except(settings.AllowedOAuthScopes, StringComparer.Ordinal).Any())
            return [];

        return
        [
            .. settings.AllowedOAuthScopes.Where(scope =>
                (requested.Count == 0 || requested.Contains(scope, StringComparer.Ordinal)) && userPool.HasScope(scope)),
        ];
    }
}
