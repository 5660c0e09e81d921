using System.Collections.Immutable;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Pools;

/// <summary>A resource server. Immutable.</summary>
/// <param name="Identifier">The first part of its scopes.</param>
/// <param name="Name">A name for people.</param>
/// <param name="Scopes">In the order given.</param>
/// <param name="Sequence">The position in the order of creation.</param>
internal sealed record ResourceServer(string Identifier, string Name, ImmutableArray<ResourceServerScope> Scopes, long Sequence)
{
    public const int MaxScopes = 100;

    /// <summary>Creates a resource server whose name is derived from its identifier. Each scope is described by its own name.</summary>
    public static ResourceServer Create(string identifier, IReadOnlyList<string> scopeNames, long sequence)
    {
        TextShape.ResourceServerIdentifier.Require(identifier, "Identifier");
        // Identifiers may hold characters that names may not, such as a slash.
        var name = string.Concat(identifier.Select(c => TextShape.ResourceServerName.FindViolations($"{c}").Any() ? '-' : c));
        return Create(identifier, name, [.. scopeNames.Select(scope => new ResourceServerScope(scope, scope))], sequence);
    }

    /// <summary>Creates a resource server that follows Cognito's rules.</summary>
    /// <exception cref="ArgumentException">The length or a character of a scope name is not allowed.</exception>
    /// <exception cref="RefusedException">
    /// There are two scopes with the same name, or a scope is too long together with the identifier, or there are too many scopes.
    /// </exception>
    public static ResourceServer Create(string identifier, string name, ImmutableArray<ResourceServerScope> scopes, long sequence)
    {
        foreach (var scope in scopes)
        {
            TextShape.ScopeName.Require(scope.Name, "ScopeName");
            if (TextShape.Scope.FindViolations($"{identifier}/{scope.Name}").FirstOrDefault() is { } violation)
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
