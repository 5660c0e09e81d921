using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc.Abstractions;
using Microsoft.AspNetCore.Mvc.Authorization;

namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>Finds the policy that the framework applies to the requests of an operation.</summary>
internal static class OperationPolicy
{
    /// <summary>Finds the policy; null if everybody may call the operation.</summary>
    public static async Task<AuthorizationPolicy?> FindAsync(ActionDescriptor action, IAuthorizationPolicyProvider? policies)
    {
        var metadata = action.EndpointMetadata ?? [];
        var filters = action.FilterDescriptors?.Select(descriptor => descriptor.Filter).ToList() ?? [];
        if (metadata.OfType<IAllowAnonymous>().Any() || filters.OfType<IAllowAnonymousFilter>().Any())
            return null;

        List<IAuthorizeData> data = [.. metadata.OfType<IAuthorizeData>(), .. filters.OfType<AuthorizeFilter>().SelectMany(filter => filter.AuthorizeData ?? [])];
        List<AuthorizationPolicy> given = [.. metadata.OfType<AuthorizationPolicy>(), .. filters.OfType<AuthorizeFilter>().Select(filter => filter.Policy).OfType<AuthorizationPolicy>()];
        List<IAuthorizationRequirement> requirements = [.. metadata.OfType<IAuthorizationRequirementData>().SelectMany(item => item.GetRequirements())];
        if (requirements.Count > 0)
            given.Add(new AuthorizationPolicy(requirements, []));

        return policies is null
            ? given.Count == 0 ? null : AuthorizationPolicy.Combine(given)
            : await CombineAsync(policies, data, given).ConfigureAwait(false);
    }

    private static async Task<AuthorizationPolicy?> CombineAsync(
        IAuthorizationPolicyProvider policies, List<IAuthorizeData> data, List<AuthorizationPolicy> given)
    {
        // A policy that does not exist makes requests fail, but the document can still be written.
        List<IAuthorizeData> known = [];
        foreach (var item in data)
        {
            if (string.IsNullOrWhiteSpace(item.Policy) || await policies.GetPolicyAsync(item.Policy).ConfigureAwait(false) is not null)
                known.Add(item);
        }

        return known.Count == 0 && data.Count > 0
            ? given.Count == 0 ? null : AuthorizationPolicy.Combine(given)
            : await AuthorizationPolicy.CombineAsync(policies, known, given).ConfigureAwait(false);
    }
}
