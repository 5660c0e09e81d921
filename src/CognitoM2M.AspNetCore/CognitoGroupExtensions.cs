using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Requires groups of the caller, on endpoints, on groups of endpoints, and in policies.</summary>
public static class CognitoGroupExtensions
{
    /// <summary>Requires that the caller is in all of these groups of the user pool.</summary>
    /// <param name="builder">An endpoint, a group of endpoints, or all controllers.</param>
    /// <param name="groups">The names of the groups; case-sensitive.</param>
    /// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
    /// <remarks>
    /// Authenticates with the schemes that <c>AddCognitoM2M</c> registered, even if the application has another default scheme. Only the groups of
    /// their tokens count (<c>cognito:groups</c>). Machines are in no group. If there are several calls, a request must satisfy all of them. <c>AllowAnonymous</c>, on the endpoint or on a
    /// group around it, turns them off.
    /// </remarks>
    public static TBuilder RequireCognitoGroup<TBuilder>(this TBuilder builder, params string[] groups)
        where TBuilder : IEndpointConventionBuilder => RequirementConventions.Require(builder, CognitoGroupRequirement.AllOf(groups));

    /// <summary>Requires that the caller is in at least one of these groups of the user pool.</summary>
    /// <inheritdoc cref="RequireCognitoGroup{TBuilder}(TBuilder, string[])"/>
    public static TBuilder RequireAnyCognitoGroup<TBuilder>(this TBuilder builder, params string[] groups)
        where TBuilder : IEndpointConventionBuilder => RequirementConventions.Require(builder, CognitoGroupRequirement.AnyOf(groups));

    /// <summary>Requires that the caller is in all of these groups, in a policy of your own.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="groups">The names of the groups; case-sensitive.</param>
    /// <exception cref="ArgumentException">No group is given, or one of them is not the name of a group.</exception>
    /// <remarks>
    /// If the policy has no scheme yet, it gets the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if your scheme has
    /// another name, call <c>AddAuthenticationSchemes</c> first. Only identities of the schemes that <c>AddCognitoM2M</c>
    /// registered count, wherever the policy is applied. To accept groups of other schemes, add a <see cref="CognitoGroupRequirement"/> to the policy.
    /// </remarks>
    public static AuthorizationPolicyBuilder RequireCognitoGroup(this AuthorizationPolicyBuilder policy, params string[] groups)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RequirementConventions.Require(policy, CognitoGroupRequirement.AllOf(groups));
    }

    /// <summary>Requires that the caller is in at least one of these groups, in a policy of your own.</summary>
    /// <inheritdoc cref="RequireCognitoGroup(AuthorizationPolicyBuilder, string[])"/>
    public static AuthorizationPolicyBuilder RequireAnyCognitoGroup(this AuthorizationPolicyBuilder policy, params string[] groups)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RequirementConventions.Require(policy, CognitoGroupRequirement.AnyOf(groups));
    }
}
