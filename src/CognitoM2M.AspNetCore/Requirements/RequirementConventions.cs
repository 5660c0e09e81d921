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
        builder.Add(endpoint => Require(endpoint, requirement));
        return builder;
    }

    private static void Require(EndpointBuilder endpoint, CognitoRequirement requirement)
    {
        var services = endpoint.ApplicationServices;
        string[] registered = [.. (services.GetService<IEnumerable<RegisteredScheme>>() ?? []).Select(scheme => scheme.Name).Distinct(StringComparer.Ordinal)];
        if (registered.Length > 0 || services.GetService<IAuthorizationPolicyProvider>() is null)
        {
            // The name of a policy, not a policy object: beside an object the framework would leave out the default policy of RequireAuthorization().
            endpoint.Metadata.Add(new AuthorizeAttribute(RequirementPolicyName.Format(requirement, withRegisteredSchemes: false))
            {
                AuthenticationSchemes = registered.Length > 0 ? string.Join(',', registered) : CognitoM2MAuthenticationDefaults.AuthenticationScheme,
            });
            return;
        }

        // No scheme is registered. The name of the scheme makes the framework fail each request with an explanation. Without a name it would use the
        // application's default scheme.
        endpoint.Metadata.Add(new AuthorizeAttribute());
        endpoint.Metadata.Add(new AuthorizationPolicy([requirement], [CognitoM2MAuthenticationDefaults.AuthenticationScheme]));
    }
}
