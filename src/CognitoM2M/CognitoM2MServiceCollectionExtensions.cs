using System.Diagnostics.Metrics;
using CognitoM2M;
using CognitoM2M.Diagnostics;
using CognitoM2M.Hosting;
using CognitoM2M.Settings;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers app clients of Amazon Cognito.</summary>
public static class CognitoM2MServiceCollectionExtensions
{
    /// <summary>
    /// Registers an app client, and an HttpClient of the same name that carries its token. Inject <see cref="IHttpClientFactory"/> and
    /// call <c>CreateClient(clientName)</c>, or chain <c>AddTypedClient</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="clientName">A name of your choice; case-sensitive. Registering a name twice adds to its settings.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts, all mistakes at once.</param>
    /// <returns>The builder of that HttpClient: chain what HttpClientFactory offers.</returns>
    public static IHttpClientBuilder AddCognitoM2MClient(
        this IServiceCollection services, string clientName, Action<CognitoM2MClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        AddClient(services, clientName).Configure(configure);
        return AddHttpClient(services, clientName);
    }

    /// <summary>
    /// Registers an app client whose settings stand in a configuration section, under the names of the properties of
    /// <see cref="CognitoM2MClientOptions"/>. A change of the configuration takes effect with the next call; one that is not valid is
    /// logged, and the former settings stay in force.
    /// </summary>
    /// <inheritdoc cref="AddCognitoM2MClient(IServiceCollection, string, Action{CognitoM2MClientOptions})"/>
    /// <param name="services">The services.</param>
    /// <param name="clientName">A name of your choice; case-sensitive.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("CognitoM2M:orders")</c>.</param>
    public static IHttpClientBuilder AddCognitoM2MClient(
        this IServiceCollection services, string clientName, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);

        AddClient(services, clientName);
        services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>>(new ClientOptionsSection(clientName, section));
        services.AddSingleton<IOptionsChangeTokenSource<CognitoM2MClientOptions>>(
            new ConfigurationChangeTokenSource<CognitoM2MClientOptions>(clientName, section));
        return AddHttpClient(services, clientName);
    }

    /// <summary>
    /// Registers <see cref="ICognitoTokenProvider"/> alone, for clients that are named at run time: any name is a client whose options
    /// an <see cref="IConfigureNamedOptions{TOptions}"/> of yours fills in. <c>AddCognitoM2MClient</c> does this too.
    /// </summary>
    public static IServiceCollection AddCognitoM2M(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        if (services.Any(service => service.ServiceType == typeof(CachingTokenProvider)))
            return services;

        services.AddOptions();
        services.AddLogging();
        services.AddMetrics();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<CognitoM2MClientOptions>, ClientOptionsValidator>();
        services.AddSingleton(CreateProvider);
        services.TryAddSingleton<ICognitoTokenProvider>(provider => provider.GetRequiredService<CachingTokenProvider>());
        services.AddSingleton<IHostedService, ClientStartup>();

        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName);
        services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>, TokenHttpClientRules>();
        return services;
    }

    private static OptionsBuilder<CognitoM2MClientOptions> AddClient(IServiceCollection services, string clientName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (clientName == CognitoM2MDiagnostics.TokenHttpClientName)
            throw new ArgumentException("That is the name of the HttpClient that fetches tokens; choose another.", nameof(clientName));

        services.AddCognitoM2M();
        services.AddSingleton(new ClientRegistration(clientName));
        return services.AddOptions<CognitoM2MClientOptions>(clientName);
    }

    private static IHttpClientBuilder AddHttpClient(IServiceCollection services, string clientName) =>
        services.AddHttpClient(clientName)
            .ConfigureHttpClient((provider, http) =>
                http.BaseAddress = provider.GetRequiredService<CachingTokenProvider>().GetClient(clientName).Current.Settings.BaseAddress ?? http.BaseAddress)
            .AddCognitoM2MToken(clientName);

    private static CachingTokenProvider CreateProvider(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILoggerFactory>().CreateLogger(CognitoM2MDiagnostics.LogCategoryName);
        var settings = new OptionsSettingsSource(
            provider.GetRequiredService<IOptionsFactory<CognitoM2MClientOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<CognitoM2MClientOptions>>(),
            logger);
        var httpClients = provider.GetRequiredService<IHttpClientFactory>();

        return new CachingTokenProvider(
            settings,
            () => httpClients.CreateClient(CognitoM2MDiagnostics.TokenHttpClientName),
            provider.GetRequiredService<TimeProvider>(),
            new Instruments(logger, provider.GetService<IMeterFactory>()),
            background: provider.GetService<IBackgroundWork>());
    }
}
