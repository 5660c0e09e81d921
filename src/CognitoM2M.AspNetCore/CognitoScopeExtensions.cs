using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Requirements;
using Microsoft.AspNetCore.Authorization;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Requires scopes of the caller's token, on endpoints, on groups of endpoints, and in policies.</summary>
public static class CognitoScopeExtensions
{
    /// <summary>Requires all of these scopes of the caller's Cognito access token.</summary>
    /// <param name="builder">An endpoint, a group of endpoints, or all controllers.</param>
    /// <param name="scopes">The scopes, each written <c>resource-server/scope</c>; case-sensitive.</param>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    /// <remarks>
    /// Authenticates with the schemes that <c>AddCognitoM2M</c> registered, even if the application has another default scheme. Only the scopes of
    /// their tokens count. If there are several calls, a request must satisfy all of them. <c>AllowAnonymous</c>, on the endpoint or on a
    /// group around it, turns them off.
    /// </remarks>
    public static TBuilder RequireCognitoScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => RequirementConventions.Require(builder, CognitoScopeRequirement.AllOf(scopes));

    /// <summary>Requires at least one of these scopes of the caller's Cognito access token.</summary>
    /// <inheritdoc cref="RequireCognitoScope{TBuilder}(TBuilder, string[])"/>
    public static TBuilder RequireAnyCognitoScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => RequirementConventions.Require(builder, CognitoScopeRequirement.AnyOf(scopes));

    /// <summary>Requires all of these scopes in a policy of your own.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scopes">The scopes, each written <c>resource-server/scope</c>; case-sensitive.</param>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    /// <remarks>
    /// If the policy has no scheme yet, it gets the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if your scheme has
    /// another name, call <c>AddAuthenticationSchemes</c> first. Only identities of the schemes that <c>AddCognitoM2M</c>
    /// registered count, wherever the policy is applied. To accept scopes of other schemes, add a <see cref="CognitoScopeRequirement"/> to the policy.
    /// </remarks>
    public static AuthorizationPolicyBuilder RequireCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RequirementConventions.Require(policy, CognitoScopeRequirement.AllOf(scopes));
    }

    /// <summary>Requires at least one of these scopes in a policy of your own.</summary>
    /// <inheritdoc cref="RequireCognitoScope(AuthorizationPolicyBuilder, string[])"/>
    public static AuthorizationPolicyBuilder RequireAnyCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return RequirementConventions.Require(policy, CognitoScopeRequirement.AnyOf(scopes));
    }
}
