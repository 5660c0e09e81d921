using CognitoM2M.AspNetCore;
using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Demands scopes: of endpoints, of groups of them, of policies.</summary>
public static class CognitoScopeExtensions
{
    /// <summary>Lets a caller in whose Cognito access token has all of these scopes.</summary>
    /// <param name="builder">An endpoint, a group, or all controllers.</param>
    /// <param name="scopes">Each written <c>resource-server/scope</c>; case-sensitive.</param>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    /// <remarks>
    /// Authenticates with the schemes that <c>AddCognitoM2M</c> registered, whatever the application's default scheme is, and
    /// counts no scopes but those of their tokens. Demands add up; <c>AllowAnonymous</c> lifts them, on an endpoint and on a group around it.
    /// </remarks>
    public static TBuilder RequireCognitoScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(CognitoScopeRequirement.AllOf(scopes));

    /// <summary>Lets a caller in whose Cognito access token has at least one of these scopes.</summary>
    /// <inheritdoc cref="RequireCognitoScope{TBuilder}(TBuilder, string[])"/>
    public static TBuilder RequireAnyCognitoScope<TBuilder>(this TBuilder builder, params string[] scopes)
        where TBuilder : IEndpointConventionBuilder => builder.Require(CognitoScopeRequirement.AnyOf(scopes));

    /// <summary>Demands all of these scopes in a policy of your own.</summary>
    /// <param name="policy">The policy.</param>
    /// <param name="scopes">Each written <c>resource-server/scope</c>; case-sensitive.</param>
    /// <exception cref="ArgumentException">There is none, or one is not a scope.</exception>
    /// <remarks>
    /// A policy that names no scheme before this call authenticates with <see cref="CognitoM2MAuthenticationDefaults.AuthenticationScheme"/>;
    /// if yours has another name, call <c>AddAuthenticationSchemes</c> first. For requests, only identities of the schemes that
    /// <c>AddCognitoM2M</c> registered count; for scopes of others use <see cref="CognitoScopeRequirement"/> itself.
    /// </remarks>
    public static AuthorizationPolicyBuilder RequireCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Require(CognitoScopeRequirement.AllOf(scopes));
    }

    /// <summary>Demands one of these scopes in a policy of your own.</summary>
    /// <inheritdoc cref="RequireCognitoScope(AuthorizationPolicyBuilder, string[])"/>
    public static AuthorizationPolicyBuilder RequireAnyCognitoScope(this AuthorizationPolicyBuilder policy, params string[] scopes)
    {
        ArgumentNullException.ThrowIfNull(policy);
        return policy.Require(CognitoScopeRequirement.AnyOf(scopes));
    }

    private static AuthorizationPolicyBuilder Require(this AuthorizationPolicyBuilder policy, CognitoScopeRequirement requirement)
    {
        // Without a scheme the application's default would be asked, if there is one.
        if (policy.AuthenticationSchemes.Count == 0)
            policy.AddAuthenticationSchemes(CognitoM2MAuthenticationDefaults.AuthenticationScheme);
        return policy.AddRequirements(requirement.OfRegisteredSchemes());
    }

    private static TBuilder Require<TBuilder>(this TBuilder builder, CognitoScopeRequirement requirement)
        where TBuilder : IEndpointConventionBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Add(endpoint =>
        {
            // If none is registered the framework says so at each request; the application's default scheme must not step in.
            string[] schemes = [.. (endpoint.ApplicationServices.GetService<IEnumerable<RegisteredScheme>>() ?? [])
                .Select(scheme => scheme.Name).DefaultIfEmpty(CognitoM2MAuthenticationDefaults.AuthenticationScheme).Distinct(StringComparer.Ordinal)];
            // The attribute makes the framework fail if the authorization middleware is missing.
            if (!endpoint.Metadata.OfType<IAuthorizeData>().Any())
                endpoint.Metadata.Add(new AuthorizeAttribute());
            endpoint.Metadata.Add(new AuthorizationPolicy([requirement.Of(schemes)], schemes));
        });
        return builder;
    }
}
