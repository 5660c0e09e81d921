using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CognitoM2M.AspNetCore.Scopes;

/// <summary>Provides the policies whose names <see cref="ScopePolicyName"/> formats. All other policies come from the provider that was registered before.</summary>
internal sealed class ScopePolicyProvider(IAuthorizationPolicyProvider others, IEnumerable<RegisteredScheme> schemes) : IAuthorizationPolicyProvider
{
    public bool AllowsCachingPolicies => others.AllowsCachingPolicies;

    /// <summary>Replaces the registered provider. The new provider asks the replaced provider for all other policies.</summary>
    public static void Register(IServiceCollection services)
    {
        var others = services.Last(service => service.ServiceType == typeof(IAuthorizationPolicyProvider) && !service.IsKeyedService);
        services.Replace(ServiceDescriptor.Describe(
            typeof(IAuthorizationPolicyProvider),
            provider => new ScopePolicyProvider(Create(others, provider), provider.GetServices<RegisteredScheme>()),
            others.Lifetime));
    }

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        ScopePolicyName.TryParse(policyName, out var requirement)
            ? Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicy([requirement.LimitTo(schemes.Select(scheme => scheme.Name))], []))
            : others.GetPolicyAsync(policyName);

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => others.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => others.GetFallbackPolicyAsync();

    private static IAuthorizationPolicyProvider Create(ServiceDescriptor others, IServiceProvider provider) => (IAuthorizationPolicyProvider)(
        others.ImplementationInstance
        ?? others.ImplementationFactory?.Invoke(provider)
        ?? ActivatorUtilities.CreateInstance(provider, others.ImplementationType!));
}
