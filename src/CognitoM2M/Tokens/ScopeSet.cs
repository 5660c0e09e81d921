namespace CognitoM2M.Tokens;

/// <summary>Scopes as one text in a fixed order, so that the same set asked for in another order is the same token.</summary>
internal static class ScopeSet
{
    /// <summary>The <c>scope</c> parameter of RFC 6749, section 3.3: distinct, sorted, separated by one space; empty for no scopes.</summary>
    public static string Canonical(IEnumerable<string> scopes) =>
        string.Join(' ', new SortedSet<string>(scopes, StringComparer.Ordinal));

    public static string[] Split(string scopes) => scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>What is wrong with these scopes, or null.</summary>
    public static string? Error(IEnumerable<string> scopes)
    {
        var count = 0;
        foreach (var scope in scopes)
        {
            if (string.IsNullOrEmpty(scope))
                return "a scope must not be empty.";
            if (!IsWellFormed(scope))
                return $"'{scope}' must be one scope, written resource-server/scope, of at most 256 characters without spaces, quotes or backslashes.";
            count++;
        }

        return count > 50 ? "an app client can have at most 50." : null;
    }

    /// <summary>Whether each could be a scope, however many there are.</summary>
    public static bool AreWellFormed(string[] scopes) => Array.TrueForAll(scopes, IsWellFormed);

    // Cognito's alphabet: printable ASCII without space, quotation mark and backslash.
    private static bool IsWellFormed(string scope) =>
        scope.Length is > 0 and <= 256 && !scope.AsSpan().ContainsAnyExceptInRange('\x21', '\x7E') && !scope.AsSpan().ContainsAny('"', '\\');
}
