using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>Adds requirements to endpoints and to policies, together with the schemes whose tokens count.</summary>
internal static class RequirementConventions
{
    public static AuthorizationPolicyBuilder Require(AuthorizationPolicyBuilder policy, CognitoRequirement requirement)
    {
        // A policy without a scheme would use the application's default scheme.
        if (policy.AuthenticationSchemes.Count == 0)
            policy.AddAuthenticationSchemes(CognitoM2MAuthenticationDefaults.AuthenticationScheme);
        return policy.AddRequirements(requirement.LimitToRegisteredSchemes());
    }

    public static TBuilder Require<TBuilder>(TBuilder builder, CognitoRequirement requirement)
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
