using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

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
        where TBuilder : IEndpointConventionBuilder => builder.Require(CognitoScopeRequirement.AllOf(scopes));

    /// <summary>Requires at least one of these scopes of the caller's Cognito access token.</summary>
    /// <inheritdoc cref="RequireCognitoScope{TBuilder}(TBuilder, string[])"/>
    public static TBuilder RequireAnyCognitoScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(CognitoScopeRequirement.AnyOf(scopes));

    /// <summary>Requires all of these scopes in a policy of your own.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scopes">The scopes, each written <c>resource-server/scope</c>; case-sensitive.</param>
    /// <exception cref="ArgumentException">No scope is given, or one of them is not a scope.</exception>
    /// <remarks>
    /// If the policy has no scheme yet, it gets the scheme <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>; if your scheme has
    /// another name, call <c>AddAuthenticationSchemes</c> first. When a request is authorized, only identities of the schemes that
    /// <c>AddCognitoM2M</c> registered count. To accept scopes of other schemes, add a <see cref="CognitoScopeRequirement"/> to the policy.
    /// </remarks>
    public static AuthorizationPolicyBuilder RequireCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Require(CognitoScopeRequirement.AllOf(scopes));
    }

    /// <summary>Requires at least one of these scopes in a policy of your own.</summary>
    /// <inheritdoc cref="RequireCognitoScope(AuthorizationPolicyBuilder, string[])"/>
    public static AuthorizationPolicyBuilder RequireAnyCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Require(CognitoScopeRequirement.AnyOf(scopes));
    }

    private static AuthorizationPolicyBuilder Require(this AuthorizationPolicyBuilder policy, CognitoScopeRequirement requirement)
    {
        // A policy without a scheme would use the application's default scheme.
        if (policy.AuthenticationSchemes.Count == 0)
            policy.AddAuthenticationSchemes(CognitoM2MAuthenticationDefaults.AuthenticationScheme);
        return policy.AddRequirements(requirement.LimitToRegisteredSchemes());
    }

    private static TBuilder Require<TBuilder>(this TBuilder builder, CognitoScopeRequirement requirement)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            // If no scheme is registered, this name makes the framework fail each request with an explanation. Without a name it would use the
            // application's default scheme.
            string[] schemes = [.. (endpoint.ApplicationServices.GetService<IEnumerable<RegisteredScheme>>() ?? [])
                .Select(scheme => scheme.Name).DefaultIfEmpty(CognitoM2MAuthenticationDefaults.AuthenticationScheme).Distinct(StringComparer.Ordinal)];
            // With this attribute the framework fails a request if the authorization middleware is missing.
            if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
                endpoint.Metadata.Add(new AuthorizeAttribute());
            endpoint.Metadata.Add(new AuthorizationPolicy([requirement.LimitTo(schemes)], schemes));
        });
        return builder;
    }
}
