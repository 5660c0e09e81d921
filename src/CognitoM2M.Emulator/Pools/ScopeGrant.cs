using System.Collections.Immutable;

namespace CognitoM2M.Emulator.Pools;

/// <summary>Decides which scopes a token carries.</summary>
internal static class ScopeGrant
{
    /// <summary>Decides for a token that an app client gets for itself.</summary>
    /// <returns>
    /// The requested scopes, in the order of the client's settings; all allowed scopes if none is requested. Scopes that no longer exist
    /// are left out. Empty if the request must be refused.
    /// </returns>
    public static ImmutableArray<string> Decide(
        EmulatedUserPool userPool, AppClientSettings settings, IReadOnlyCollection<string> requested) =>
        Decide(settings, requested, userPool.HasScope);

    /// <summary>Decides for a token of a user. It may have <c>openid</c> and the other scopes that belong to no resource server.</summary>
    /// <returns>As <see cref="Decide(EmulatedUserPool, AppClientSettings, IReadOnlyCollection{string})"/>.</returns>
    public static ImmutableArray<string> DecideForUser(
        EmulatedUserPool userPool, AppClientSettings settings, IReadOnlyCollection<string> requested) =>
        Decide(settings, requested, scope => AppClientRules.IsStandardScope(scope) || userPool.HasScope(scope));

    private static ImmutableArray<string> Decide(
        AppClientSettings settings, IReadOnlyCollection<string> requested, Func<string, bool> exists)
    {
        if (requested.Except(settings.AllowedOAuthScopes, StringComparer.Ordinal).Any())
            return [];

        return
        [
            .. settings.AllowedOAuthScopes.Where(scope =>
                (requested.Count == 0 || requested.Contains(scope, StringComparer.Ordinal)) && exists(scope)),
        ];
    }
}
