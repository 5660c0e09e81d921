using CognitoM2M.UserSessions;
using CognitoM2M.UserSessions.Settings;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers the operations that sign users in to Amazon Cognito.</summary>
public static class CognitoUserSessionsServiceCollectionExtensions
{
    /// <summary>Registers <see cref="CognitoUserSessions"/> with settings of a configuration section. The settings have the names of the properties of <see cref="CognitoUserSessionsOptions"/>.</summary>
    /// <param name="services">The services.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("CognitoM2M:UserSessions")</c>.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCognitoUserSessions(this IServiceCollection services, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(section);

        Add(services);
        services.AddSingleton<IConfigureOptions<CognitoUserSessionsOptions>>(new SessionOptionsSection(section));
        return services;
    }

    /// <summary>Registers <see cref="CognitoUserSessions"/>. A second registration adds to the settings of the first.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts; all errors are reported together.</param>
    /// <returns>The services.</returns>
    public static IServiceCollection AddCognitoUserSessions(this IServiceCollection services, Action<CognitoUserSessionsOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);

        Add(services).Configure(configure);
        return services;
    }

    private static OptionsBuilder<CognitoUserSessionsOptions> Add(IServiceCollection services)
    {
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<CognitoUserSessionsOptions>, SessionOptionsValidator>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IPostConfigureOptions<CognitoUserSessionsOptions>, ProtectorOfContainer>());
        services.TryAddSingleton(provider => new CognitoUserSessions(
            provider.GetRequiredService<IOptions<CognitoUserSessionsOptions>>().Value,
            provider.GetService<TimeProvider>(),
            provider.GetService<ILoggerFactory>()));
        return services.AddOptions<CognitoUserSessionsOptions>().ValidateOnStart();
    }

    /// <summary>Takes the protector of the container if the options have neither keys nor a protector.</summary>
    private sealed class ProtectorOfContainer(IServiceProvider services) : IPostConfigureOptions<CognitoUserSessionsOptions>
    {
        public void PostConfigure(string? name, CognitoUserSessionsOptions options)
        {
            if (options.StateProtector is null && options.StateKeys is { Count: 0 })
                options.StateProtector = services.GetService<ICognitoStateProtector>();
        }
    }
}
