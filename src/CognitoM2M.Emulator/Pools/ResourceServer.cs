using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>A resource server; its sequence number says where it stands in the order of creation.</summary>
internal sealed record ResourceServer(string Identifier, string Name, ImmutableArray<ResourceServerScope> Scopes, long Sequence)
{
    public const int MaxScopes = 100;

    /// <summary>A resource server that has nothing but an identifier: it is named and described by that.</summary>
    public static ResourceServer Create(string identifier, IReadOnlyList<string> scopeNames, long sequence)
    {
        TextShape.ResourceServerIdentifier.Require(identifier, "Identifier");
        // What may stand in an identifier may not all stand in a name.
        var name = string.Concat(identifier.Select(c => TextShape.ResourceServerName.Violations($"{c}").Any() ? '-' : c));
        return Create(identifier, name, [.. scopeNames.Select(scope => new ResourceServerScope(scope, scope))], sequence);
    }

    /// <summary>A resource server within Cognito's rules.</summary>
    /// <exception cref="ArgumentException">A scope name has another shape.</exception>
    /// <exception cref="RefusedException">A scope is named twice, too long with the identifier, or one too many.</exception>
    public static ResourceServer Create(string identifier, string name, ImmutableArray<ResourceServerScope> scopes, long sequence)
    {
        foreach (var scope in scopes)
        {
            TextShape.ScopeName.Require(scope.Name, "ScopeName");
            if (TextShape.Scope.Violations($"{identifier}/{scope.Name}").FirstOrDefault() is { } violation)
                throw RefusedException.InvalidParameter($"Scope {identifier}/{scope.Name}: {violation}.");
        }

        if (scopes.DistinctBy(scope => scope.Name, StringComparer.Ordinal).Count() != scopes.Length)
            throw RefusedException.InvalidParameter($"Resource server {identifier} has the same scope twice.");
        if (scopes.Length > MaxScopes)
            throw RefusedException.LimitExceeded($"Resource server {identifier} would have more than {MaxScopes} scopes.");

        return new ResourceServer(identifier, name, scopes, sequence);
    }

    public bool HasScope(string scopeName) => Scopes.Any(scope => scope.Name == scopeName);
}

internal sealed record ResourceServerScope(string Name, string Description);
