using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Decides which scopes a token carries.</summary>
internal static class ScopeGrant
{
    /// <returns>
    /// The scopes in the client's order, all that it may have if none is requested; empty if the request has to be refused.
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
