using CognitoM2M;
using CognitoM2M.AspNetCore;
using CognitoM2M.Testing;
using CognitoM2M.Testing.Settings;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Points a service under test at an emulated Cognito.</summary>
public static class CognitoFixtureServiceCollectionExtensions
{
    /// <summary>
    /// The authentication schemes of <c>AddCognitoM2M</c> trust the tokens of the fixture's user pool, and the clients of
    /// <c>AddCognitoM2MClient</c> get their tokens from the fixture. All other settings of the service stay.
    /// </summary>
    /// <param name="services">The services of the service under test, before or after its own registrations.</param>
    /// <param name="cognito">The fixture. It must live longer than the service.</param>
    /// <remarks>
    /// With <c>WebApplicationFactory</c>:
    /// <c>factory.WithWebHostBuilder(host =&gt; host.ConfigureTestServices(services =&gt; services.UseCognito(cognito)))</c>.
    /// Each client gets an app client in the fixture's user pool that is allowed the scopes of its settings. A client id in the settings
    /// stays; secrets and passwords in the settings are not used, and a user in the settings is created. If the fixture has a clock of its own, the service gets this clock.
    /// </remarks>
    public static IServiceCollection UseCognito(this IServiceCollection services, CognitoFixture cognito)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(cognito);

        // This comes before all other steps that follow the settings, because such a step of AddCognitoM2M creates the verifier from the options.
        services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoM2MAuthenticationOptions>>(new TrustInFixture(cognito)));
        services.Insert(0, ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoM2MClientOptions>>(new TokensFromFixture(cognito)));
        if (cognito.TimeProvider != TimeProvider.System)
            services.Replace(ServiceDescriptor.Singleton(cognito.TimeProvider));
        return services;
    }
}
