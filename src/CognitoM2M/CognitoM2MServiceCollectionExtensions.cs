using System.Diagnostics.Metrics;
using CognitoM2M;
using CognitoM2M.Diagnostics;
using CognitoM2M.Hosting;
using CognitoM2M.Http;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Registers app clients of Amazon Cognito.</summary>
public static class CognitoM2MServiceCollectionExtensions
{
    private const string ClientsSection = "CognitoM2M:Clients";

    /// <summary>
    /// Registers an app client, and an HttpClient of the same name that carries its token. Inject <see cref="IHttpClientFactory"/> and
    /// call <c>CreateClient(clientName)</c>, or chain <c>AddTypedClient</c>.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="clientName">A name of your choice; case-sensitive. A second registration of a name adds to its settings.</param>
    /// <param name="configure">Sets the options. They are checked when the host starts; all errors are reported together.</param>
    /// <returns>The builder of the app client and its HttpClient.</returns>
    public static ICognitoM2MClientBuilder AddCognitoM2MClient(
        this IServiceCollection services, string clientName, Action<CognitoM2MClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(configure);

        AddClient(services, clientName).Configure(configure);
        return AddHttpClient(services, clientName);
    }

    /// <summary>
    /// Registers an app client with the settings of a configuration section. The settings have the names of the properties of
    /// <see cref="CognitoM2MClientOptions"/>. A change of the configuration takes effect with the next call. A change that is not valid is
    /// logged and ignored.
    /// </summary>
    /// <inheritdoc cref="AddCognitoM2MClient(IServiceCollection, string, Action{CognitoM2MClientOptions})" path="/*[not(self::summary or self::param)]"/>
    /// <param name="services">The services.</param>
    /// <param name="clientName">A name of your choice; case-sensitive.</param>
    /// <param name="section">The section, such as <c>configuration.GetSection("CognitoM2M:Clients:orders")</c>.</param>
    public static ICognitoM2MClientBuilder AddCognitoM2MClient(
        this IServiceCollection services, string clientName, IConfigurationSection section)
    {
        ArgumentNullException.ThrowIfNull(section);

        AddClient(services, clientName);
        services.AddSingleton<IConfigureOptions<CognitoM2MClientOptions>>(new ClientOptionsSection(clientName, section));
        services.AddSingleton<IOptionsChangeTokenSource<CognitoM2MClientOptions>>(
            new ConfigurationChangeTokenSource<CognitoM2MClientOptions>(clientName, section));
        return AddHttpClient(services, clientName);
    }

    /// <summary>Registers every app client of the configuration section <c>CognitoM2M:Clients</c>. The name of each child section is the name of a client.</summary>
    /// <param name="services">The services.</param>
    /// <param name="configuration">The configuration of the application, or the section <c>CognitoM2M:Clients</c> itself. Clients that are added to it later are not registered.</param>
    /// <param name="configure">Called with the builder of each client, to chain what all clients need.</param>
    /// <exception cref="ArgumentException">The section holds no client.</exception>
    public static IServiceCollection AddCognitoM2MClients(
        this IServiceCollection services, IConfiguration configuration, Action<ICognitoM2MClientBuilder>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configuration);

        var section = configuration is IConfigurationSection { Path: var path } given && path.EndsWith(ClientsSection, StringComparison.OrdinalIgnoreCase)
            ? given
            : configuration.GetSection(ClientsSection);
        var clients = section.GetChildren().ToList();
        if (clients.Count == 0)
            throw new ArgumentException($"The configuration section '{section.Path}' holds no client. Add one under {ClientsSection}:<name>, or do not call AddCognitoM2MClients.", nameof(configuration));

        foreach (var client in clients)
        {
            var builder = services.AddCognitoM2MClient(client.Key, client);
            configure?.Invoke(builder);
        }

        return services;
    }

    /// <summary>
    /// Registers <see cref="ICognitoTokenProvider"/> alone, for clients that are named at run time. Every name whose options are filled in by
    /// an <see cref="IConfigureNamedOptions{TOptions}"/> of yours is then a client. <c>AddCognitoM2MClient</c> registers the provider, too.
    /// </summary>
    /// <param name="services">The services.</param>
    public static IServiceCollection AddCognitoM2MTokenProvider(this IServiceCollection services)
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
        services.TryAddSingleton<ICognitoTokenHandlerFactory>(provider => new TokenHandlerFactory(provider.GetRequiredService<CachingTokenProvider>()));
        services.AddSingleton<IHostedService, ClientStartup>();

        services.AddHttpClient(CognitoM2MDiagnostics.TokenHttpClientName);
        services.AddSingleton(provider => new TokenHttpClient(provider));
        return services;
    }

    private static OptionsBuilder<CognitoM2MClientOptions> AddClient(IServiceCollection services, string clientName)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (clientName == CognitoM2MDiagnostics.TokenHttpClientName)
            throw new ArgumentException("This is the name of the HttpClient that sends token requests. Choose another name.", nameof(clientName));

        services.AddCognitoM2MTokenProvider();
        services.AddSingleton(new ClientRegistration(clientName));
        return services.AddOptions<CognitoM2MClientOptions>(clientName);
    }

    private static CognitoM2MClientBuilder AddHttpClient(IServiceCollection services, string clientName) =>
        new(services.AddHttpClient(clientName)
            .ConfigureHttpClient((provider, http) =>
                http.BaseAddress = provider.GetRequiredService<CachingTokenProvider>().GetClient(clientName).Current.Settings.BaseAddress ?? http.BaseAddress)
            .AddCognitoM2MToken(clientName));

    private static CachingTokenProvider CreateProvider(IServiceProvider provider)
    {
        var logger = QuietLogger.Create(provider.GetRequiredService<ILoggerFactory>(), CognitoM2MDiagnostics.LogCategoryName);
        var settings = new OptionsSettingsSource(
            provider.GetRequiredService<IOptionsFactory<CognitoM2MClientOptions>>(),
            provider.GetServices<IOptionsChangeTokenSource<CognitoM2MClientOptions>>(),
            MonotonicClock.Find(provider.GetRequiredService<TimeProvider>()),
            logger);
        var http = provider.GetRequiredService<TokenHttpClient>();

        return new CachingTokenProvider(
            settings,
            () => http.Client,
            provider.GetRequiredService<TimeProvider>(),
            new Instruments(logger, provider.GetService<IMeterFactory>()),
            background: provider.GetService<IBackgroundWork>());
    }
}
