using Microsoft.AspNetCore.Authorization;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Finds out what scopes an endpoint demands.</summary>
internal static class ScopeDemands
{
    /// <summary>The sets of scopes of which a token must have one in full; empty if the endpoint demands no scopes.</summary>
    public static async Task<IReadOnlyList<IReadOnlyList<string>>> OfAsync(IList<object> metadata, IAuthorizationPolicyProvider? policies)
    {
        if (metadata.OfType<IAllowAnonymous>().Any())
            return [];

        var requirements = metadata.OfType<AuthorizationPolicy>().SelectMany(policy => policy.Requirements)
            .Concat(metadata.OfType<IAuthorizationRequirementData>().SelectMany(data => data.GetRequirements()))
            .ToList();
        foreach (var name in metadata.OfType<IAuthorizeData>().Select(data => data.Policy).OfType<string>())
        {
            // A name that nobody knows fails requests, not their description.
            if (policies is not null && await policies.GetPolicyAsync(name).ConfigureAwait(false) is { } policy)
                requirements.AddRange(policy.Requirements);
        }

        var demands = requirements.OfType<CognitoScopeRequirement>().DistinctBy(demand => demand.ToString(), StringComparer.Ordinal).ToList();
        return demands.Count == 0 ? [] : Alternatives(demands);
    }

    private static List<string[]> Alternatives(List<CognitoScopeRequirement> demands)
    {
        List<string[]> alternatives = [[.. demands.Where(demand => demand.NeedsAll).SelectMany(demand => demand.Scopes).Distinct(StringComparer.Ordinal)]];
        foreach (var anyOf in demands.Where(demand => !demand.NeedsAll))
        {
            alternatives = [.. alternatives.SelectMany(scopes => anyOf.Scopes.Select(scope => scopes.Append(scope).Distinct(StringComparer.Ordinal).ToArray()))];
        }

        return alternatives;
    }
}
