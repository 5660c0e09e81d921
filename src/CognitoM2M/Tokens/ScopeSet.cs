using CognitoM2M.Shared;

namespace CognitoM2M.Tokens;

/// <summary>Scopes as one text in a fixed order, so that the same scopes in another order share a cache entry.</summary>
internal static class ScopeSet
{
    /// <summary>Writes the <c>scope</c> parameter of RFC 6749, section 3.3: distinct, sorted, separated by one space; empty for no scopes.</summary>
    public static string Join(IEnumerable<string> scopes) => string.Join(' ', new SortedSet<string>(scopes, StringComparer.Ordinal));

    public static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Finds what is wrong with these scopes; null if nothing is.</summary>
    public static string? FindError(IEnumerable<string> scopes)
    {
        var count = 0;
        foreach (var scope in scopes)
        {
            if (string.IsNullOrEmpty(scope))
                return "a scope must not be empty.";
            if (!CognitoNames.IsScope(scope))
                return $"'{scope}' must be one scope, written resource-server/scope, of at most {CognitoNames.MaxScopeLength} characters without spaces, quotes or backslashes.";
            count++;
        }

        return count > CognitoNames.MaxScopesPerClient ? $"an app client can have at most {CognitoNames.MaxScopesPerClient}." : null;
    }
}
