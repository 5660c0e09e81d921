using CognitoM2M;
using CognitoM2M.Settings;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets processes share their tokens through a distributed cache, so that a fleet asks Cognito once where each would ask.</summary>
public static class CognitoM2MSharedTierExtensions
{
    /// <summary>Shares the tokens of this client through the container's <see cref="IDistributedCache"/>.</summary>
    /// <param name="builder">What <c>AddCognitoM2MClient</c> returned.</param>
    /// <param name="serviceKey">The key under which the cache is registered, if it is a keyed service.</param>
    /// <exception cref="ArgumentException">The builder is of another HttpClient.</exception>
    /// <remarks>Entries are sealed with the client secret; there is no key to manage. A cache that fails or is slow is done without.</remarks>
    public static IHttpClientBuilder UseDistributedCache(this IHttpClientBuilder builder, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (!builder.Services.Any(service => service.ImplementationInstance is ClientRegistration client && client.ClientName == builder.Name))
            throw new ArgumentException($"'{builder.Name}' is not an app client; call this on what AddCognitoM2MClient returns.", nameof(builder));

        builder.Services.AddOptions<CognitoM2MClientOptions>(builder.Name)
            .Configure<IServiceProvider>((options, services) => options.DistributedCache = CacheOf(services, serviceKey));
        return builder;
    }

    /// <summary>
    /// Shares the tokens of all clients, those named at run time included, through the container's <see cref="IDistributedCache"/>.
    /// A client with a cache of its own keeps it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key under which the cache is registered, if it is a keyed service.</param>
    public static IServiceCollection AddCognitoM2MDistributedCache(this IServiceCollection services, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddCognitoM2M();
        return services.AddSingleton<IPostConfigureOptions<CognitoM2MClientOptions>>(provider =>
            new PostConfigureOptions<CognitoM2MClientOptions>(name: null, options => options.DistributedCache ??= CacheOf(provider, serviceKey)));
    }

    private static IDistributedCache CacheOf(IServiceProvider services, object? serviceKey) => serviceKey is null
        ? services.GetRequiredService<IDistributedCache>()
        : services.GetRequiredKeyedService<IDistributedCache>(serviceKey);
}
