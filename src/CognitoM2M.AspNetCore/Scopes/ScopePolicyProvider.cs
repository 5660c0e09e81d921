using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>Knows the policies that <see cref="ScopePolicyName"/> names, and leaves all others to the provider that it stands before.</summary>
internal sealed class ScopePolicyProvider(IAuthorizationPolicyProvider others, IEnumerable<RegisteredScheme> schemes) : IAuthorizationPolicyProvider
{
    public bool AllowsCachingPolicies => others.AllowsCachingPolicies;

    /// <summary>Puts one before the provider registered so far.</summary>
    public static void Register(IServiceCollection services)
    {
        var others = services.Last(service => service.ServiceType == typeof(IAuthorizationPolicyProvider) && !service.IsKeyedService);
        services.Replace(ServiceDescriptor.Describe(
            typeof(IAuthorizationPolicyProvider),
            provider => new ScopePolicyProvider(Make(others, provider), provider.GetServices<RegisteredScheme>()),
            others.Lifetime));
    }

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        ScopePolicyName.TryRead(policyName, out var requirement)
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicy([requirement.Of(schemes.Select(scheme => scheme.Name))], []))
            : others.GetPolicyAsync(policyName);

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => others.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => others.GetFallbackPolicyAsync();

    private static IAuthorizationPolicyProvider Make(ServiceDescriptor others, IServiceProvider provider) => (IAuthorizationPolicyProvider)(
        others.ImplementationInstance
        ?? others.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, others.ImplementationType!));
}
