using CognitoM2M.AspNetCore.Configuration;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CognitoM2M.AspNetCore.Requirements;

/// <summary>Provides the policies whose names <see cref="RequirementPolicyName"/> formats. All other policies come from the provider that was registered before.</summary>
/// <param name="others">The provider of all other policies.</param>
/// <param name="services">Has the registered schemes.</param>
internal sealed class RequirementPolicyProvider(IAuthorizationPolicyProvider others, IServiceProvider services) : IAuthorizationPolicyProvider
{
    public bool AllowsCachingPolicies => others.AllowsCachingPolicies;

    /// <summary>Replaces the registered provider. The new provider asks the replaced provider for all other policies.</summary>
    public static void Register(IServiceCollection services)
    {
        var others = services.Last(service => service.ServiceType == typeof(IAuthorizationPolicyProvider) && !service.IsKeyedService);
        var create = FindFactory(others);
        services.Replace(ServiceDescriptor.Describe(
            typeof(IAuthorizationPolicyProvider), provider => new RequirementPolicyProvider(create(provider), provider), others.Lifetime));
    }

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName)
    {
        if (!RequirementPolicyName.TryParse(policyName, out var requirement, out var withRegisteredSchemes))
            return others.GetPolicyAsync(policyName);

        string[] registered = [.. services.GetServices<RegisteredScheme>().Select(scheme => scheme.Name).Distinct(StringComparer.Ordinal)];
        return Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicy([requirement.LimitTo(registered)], withRegisteredSchemes ? registered : []));
    }

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => others.GetDefaultPolicyAsync();

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => others.GetFallbackPolicyAsync();

    // The provider of the framework is created in each request, so it is created without reflection.
    private static Func<IServiceProvider, IAuthorizationPolicyProvider> FindFactory(ServiceDescriptor others)
    {
        if (others.ImplementationInstance is IAuthorizationPolicyProvider instance)
            return _ => instance;
        if (others.ImplementationFactory is { } factory)
            return provider => (IAuthorizationPolicyProvider)factory(provider);

        if (others.ImplementationType == typeof(DefaultAuthorizationPolicyProvider))
            return provider => new DefaultAuthorizationPolicyProvider(provider.GetRequiredService<IOptions<AuthorizationOptions>>());
        return provider => (IAuthorizationPolicyProvider)ActivatorUtilities.CreateInstance(provider, others.ImplementationType!);
    }
}
