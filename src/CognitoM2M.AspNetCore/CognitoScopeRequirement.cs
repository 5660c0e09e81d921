using System.Security.Claims;
using CognitoM2M.AspNetCore.Requirements;
using CognitoM2M.Shared;

namespace CognitoM2M.AspNetCore;

/// <summary>Requires scopes of the caller's token. The requirement handles itself, so no handler needs to be registered.</summary>
/// <remarks>
/// Reads the claims <c>scope</c> of all authenticated identities. Both forms are understood: one claim for each scope, as this library's scheme
/// creates them, and one claim with all scopes separated by spaces, as other schemes create it.
/// </remarks>
public sealed class CognitoScopeRequirement : CognitoRequirement
{
    private CognitoScopeRequirement(string[] scopes, bool needsAll, CountedSchemes? schemes = null)
        : base(scopes, needsAll, schemes ?? CountedSchemes.All) => Scopes = Array.AsReadOnly(scopes);

    /// <summary>The scopes, as <c>resource-server/scope</c>.</summary>
    public IReadOnlyList<string> Scopes { get; }

    /// <summary>Requires all of these scopes.</summary>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    public static CognitoScopeRequirement AllOf(params string[] scopes) => new(Copy(scopes), needsAll: true);

    /// <summary>Requires at least one of these scopes.</summary>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    public static CognitoScopeRequirement AnyOf(params string[] scopes) => new(Copy(scopes), needsAll: false);

    /// <summary>The requirement in words.</summary>
    public override string ToString() => $"{(NeedsAll ? "All" : "One")} of the scopes {string.Join(' ', Scopes)}";

    private protected override CognitoRequirement CopyWith(CountedSchemes schemes) =>
        new CognitoScopeRequirement(Values, NeedsAll, schemes);

    private protected override bool Holds(Claim claim, string value)
    {
        // FindAll would ignore upper and lower case, and would also find a claim Scope.
        if (claim.Type != CognitoM2MAuthenticationDefaults.ScopeClaimType)
            return false;

        var text = claim.Value.AsSpan();
        foreach (var part in text.Split(' '))
        {
            if (text[part].SequenceEqual(value))
                return true;
        }

        return false;
    }

    private static string[] Copy(string[] scopes) => Copy(scopes, "scope", "orders/read", CognitoNames.IsScope, nameof(scopes));
}
