using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Finds the scopes that an endpoint requires.</summary>
internal static class RequiredScopeFinder
{
    /// <summary>Finds sets of scopes. A token needs all scopes of one of the sets. Empty if the endpoint requires no scopes.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> FindAsync(IList<object> metadata, IAuthorizationPolicyProvider? policies)
    {
        if (metadata.OfType<IAllowAnonymous>().Any())
            return [];

        var requirements = metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.Requirements)
            .Concat(metadata.OfType<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements()))
            .ToList();
        foreach (var name in metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>())
        {
            // A policy that does not exist makes requests fail, but the document can still be written.
            if (policies is not null && await policies.GetPolicyAsync(name).ConfigureAwait(false) is { } policy)
                requirements.AddRange(policy.Requirements);
        }

        var scopes = requirements.OfType<CognitoScopeRequirement>().DistinctBy(requirement => requirement.ToString(), StringComparer.Ordinal).ToList();
        return scopes.Count == 0 ? [] : Combine(scopes);
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
