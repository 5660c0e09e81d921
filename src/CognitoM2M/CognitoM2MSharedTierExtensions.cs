using CognitoM2M;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Lets processes share their tokens through a distributed cache, so that a fleet sends one token request where each process would send one.</summary>
public static class CognitoM2MSharedTierExtensions
{
    /// <summary>Shares the tokens of this client through the <see cref="IDistributedCache"/> of the container.</summary>
    /// <param name="builder">The result of <c>AddCognitoM2MClient</c>.</param>
    /// <param name="serviceKey">The key of the cache, if the cache is registered as a keyed service; null by default.</param>
    /// <remarks>Tokens are encrypted with a key that is derived from the client secret. If the cache fails or is slow, tokens are requested from Cognito directly.</remarks>
    public static ICognitoM2MClientBuilder UseDistributedCache(this ICognitoM2MClientBuilder builder, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(builder);

        builder.Services.AddOptions<CognitoM2MClientOptions>(builder.Name)
            .Configure<IServiceProvider>((options, services) => options.DistributedCache = FindCache(services, serviceKey));
        return builder;
    }

    /// <summary>
    /// Shares the tokens of all clients through the <see cref="IDistributedCache"/> of the container, including clients that are named at run
    /// time. A client that has another cache keeps it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="serviceKey">The key of the cache, if the cache is registered as a keyed service; null by default.</param>
    public static IServiceCollection AddCognitoM2MDistributedCache(this IServiceCollection services, object? serviceKey = null)
    {
        ArgumentNullException.ThrowIfNull(services);

        services.AddCognitoM2MTokenProvider();
        return services.AddSingleton<IPostConfigureOptions<CognitoM2MClientOptions>>(provider =>
            new PostConfigureOptions<CognitoM2MClientOptions>(name: null, options => options.DistributedCache ??= FindCache(provider, serviceKey)));
    }

    private static IDistributedCache FindCache(IServiceProvider services, object? serviceKey) => serviceKey is null
        ? services.GetRequiredService<IDistributedCache>()
        : services.GetRequiredKeyedService<IDistributedCache>(serviceKey);
}
