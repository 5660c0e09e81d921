using Amazon.Extensions.NETCore.Setup;
using CognitoM2M.Provisioning;
using CognitoM2M.Provisioning.DependencyInjection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the provisioner.</summary>
public static class CognitoProvisioningServiceCollectionExtensions
{
    /// <summary>
    /// Registers <see cref="CognitoProvisioner"/> as a singleton, with the same sources of region, profile and credentials as
    /// <c>AddAWSService</c> of the AWS SDK.
    /// </summary>
    /// <remarks>
    /// The options come from the parameter; or else from <c>AddDefaultAWSOptions</c>; or else from the configuration section <c>AWS</c>. Region,
    /// profile, credentials, role (<c>SessionRoleArn</c>), service URL, time-out, FIPS and dual stack are used; the provisioner has its own retries.
    /// What the options leave out is found as by every AWS tool, in environment variables and profiles. If a provisioner is registered already,
    /// it stays.
    /// </remarks>
    /// <param name="services">The services.</param>
    /// <param name="options">Region, profile and credentials. Null by default: the registered options, or else the configuration.</param>
    /// <param name="configure">Changes settings of the provisioner after the options were read. Null by default.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCognitoProvisioning(
        this IServiceCollection services, AWSOptions? options = null, Action<CognitoProvisionerOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        services.TryAddSingleton(provider =>
        {
            var settings = ProvisionerSettings.Create(options ?? FindOptions(provider));
            settings.TimeProvider = provider.GetService<TimeProvider>() ?? settings.TimeProvider;
            configure?.Invoke(settings);
            return new CognitoProvisioner(settings);
        });
        return services;
    }

    private static AWSOptions FindOptions(IServiceProvider provider) =>
        provider.GetService<AWSOptions>() ?? provider.GetService<IConfiguration>()?.GetAWSOptions() ?? new AWSOptions();
}
