using System.Collections.Immutable;

namespace CognitoM2M.Emulator.UserPools;

internal sealed record ResourceServer(string Identifier, ImmutableArray<string> ScopeNames)
{
    private const int MaxScopes = 100;

    /// <summary>A resource server within Cognito's rules.</summary>
    /// <exception cref="ArgumentException">The identifier or a scope name has another shape, or a scope is named twice.</exception>
    /// <exception cref="InvalidOperationException">There are more than 100 scopes.</exception>
    public static ResourceServer Create(string identifier, IReadOnlyList<string> scopeNames)
    {
        TextShape.ResourceServerIdentifier.Require(identifier, "Identifier");
        foreach (var scopeName in scopeNames)
        {
            TextShape.ScopeName.Require(scopeName, "ScopeName");
            TextShape.Scope.Require($"{identifier}/{scopeName}", "Scope");
        }

        if (scopeNames.Distinct(StringComparer.Ordinal).Count() != scopeNames.Count)
            throw new ArgumentException($"Resource server '{identifier}' has the same scope twice.", nameof(scopeNames));
        if (scopeNames.Count > MaxScopes)
            throw new InvalidOperationException($"Resource server '{identifier}' would have more than {MaxScopes} scopes.");

        return new ResourceServer(identifier, [.. scopeNames]);
    }
}
