using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>What an operation requires of its caller's token.</summary>
/// <param name="ScopeSets">Sets of scopes. A token needs all scopes of one of the sets. One empty set if any valid token is enough.</param>
/// <param name="Groups">Requirements of groups in words. The caller has to meet all of them.</param>
internal sealed record OperationProtection(IReadOnlyList<IReadOnlyList<string>> ScopeSets, IReadOnlyList<string> Groups)
{
    /// <summary>Whether a token needs scopes.</summary>
    public bool NeedsScopes => ScopeSets is not [{ Count: 0 }];

    /// <summary>Describes the protection by a policy; null if the policy does not concern Cognito's tokens.</summary>
    public static async Task<OperationProtection?> FindAsync(AuthorizationPolicy policy, CognitoSchemes schemes)
    {
        var scopes = policy.Requirements.OfType<CognitoScopeRequirement>().DistinctBy(requirement => requirement.ToString(), StringComparer.Ordinal).ToList();
        string[] groups = [.. policy.Requirements.OfType<CognitoGroupRequirement>().Select(requirement => requirement.ToString()).Distinct(StringComparer.Ordinal)];
        var names = await schemes.FindNamesAsync(policy).ConfigureAwait(false);
        if (names.Count == 0)
            return scopes.Count > 0 || groups.Length > 0 ? new OperationProtection(Combine(scopes), groups) : null;

        // A token is of one scheme, and needs the scopes of this scheme beside the scopes of the operation.
        var sets = names.SelectMany(name => Combine([.. schemes.FindScopes(name), .. scopes])).DistinctBy(set => string.Join(' ', set), StringComparer.Ordinal);
        return new OperationProtection([.. sets], groups);
    }

    private static List<string[]> Combine(List<CognitoScopeRequirement> requirements)
    {
        List<string[]> sets = [[.. requirements.Where(requirement => requirement.NeedsAll).SelectMany(requirement => requirement.Scopes).Distinct(StringComparer.Ordinal)]];
        foreach (var anyOf in requirements.Where(requirement => !requirement.NeedsAll))
        {
            sets = [.. sets.SelectMany(set => anyOf.Scopes.Select(scope => set.Append(scope).Distinct(StringComparer.Ordinal).ToArray()))];
        }

        return sets;
    }
}
