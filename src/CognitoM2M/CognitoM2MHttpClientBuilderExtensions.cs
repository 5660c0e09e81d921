using CognitoM2M;
using CognitoM2M.Cache;
using CognitoM2M.Http;
using CognitoM2M.Settings;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Puts Cognito tokens on HttpClients.</summary>
public static class CognitoM2MHttpClientBuilderExtensions
{
    /// <summary>Puts the token of a registered app client on each request of this HttpClient.</summary>
    /// <param name="builder">The builder of any HttpClient, or of all of them (<c>ConfigureHttpClientDefaults</c>).</param>
    /// <param name="clientName">The name given to <c>AddCognitoM2MClient</c>; checked when the host starts.</param>
    /// <param name="request">What to request instead of the app client's own settings, such as other scopes; null by default.</param>
    /// <exception cref="ArgumentException">The request forces a refresh. Every call would then fetch a token.</exception>
    /// <remarks>
    /// An HttpClient carries one token: the last of several calls counts. An HttpClient without a <c>BaseAddress</c> gets the one of the app
    /// client, unless the token is put on all HttpClients. Add retry handlers before this call, so that each of their attempts takes the token
    /// that is current then. The HttpClient that sends token requests never carries a token.
    /// </remarks>
    public static IHttpClientBuilder AddCognitoM2MToken(this IHttpClientBuilder builder, string clientName, CognitoTokenRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        TokenHandlerFactory.RefuseForcedRefresh(request);

        // The builder of the defaults has no name.
        var isForAll = builder.Name is null;
        builder.Services.AddCognitoM2MTokenProvider();
        builder.Services.AddSingleton(new ClientReference(clientName, builder.Name));
        builder.Services.AddSingleton<IConfigureOptions<HttpClientFactoryOptions>>(services => new ConfigureNamedOptions<HttpClientFactoryOptions>(
            builder.Name,
            options =>
            {
                ClientBaseAddress.Remove(options);
                if (!isForAll)
                    ClientBaseAddress.Add(options, () => services.GetRequiredService<CachingTokenProvider>().GetClient(clientName));
                options.HttpMessageHandlerBuilderActions.Add(handlers => PutTokenHandler(handlers, services, clientName, request, isForAll));
            }));
        builder.Services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>>(new TokenClientRules(builder.Name));
        AddChainFilter(builder.Services);
        return builder;
    }

    /// <summary>
    /// Takes the token off this HttpClient. If <c>ConfigureHttpClientDefaults</c> puts a token on all HttpClients, this one sends its requests
    /// without it, whichever of the two is registered first.
    /// </summary>
    /// <param name="builder">The builder of the HttpClient: of a name, of a type (<c>AddHttpClient&lt;T&gt;()</c>), or of all of them (<c>ConfigureHttpClientDefaults</c>).</param>
    /// <remarks>A later <see cref="AddCognitoM2MToken"/> on the same builder puts a token on the HttpClient again.</remarks>
    public static IHttpClientBuilder RemoveCognitoM2MToken(this IHttpClientBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);

        foreach (var reference in builder.Services.Where(service => IsReference(service, builder.Name)).ToList())
            builder.Services.Remove(reference);
        builder.Services.Configure<HttpClientFactoryOptions>(builder.Name, options =>
        {
            ClientBaseAddress.Remove(options);
            options.HttpMessageHandlerBuilderActions.Add(RemoveTokenHandlers);
        });
        return builder;
    }

    private static bool IsReference(ServiceDescriptor service, string? httpClientName) =>
        service.ServiceType == typeof(ClientReference)
        && service.ImplementationInstance is ClientReference reference
        && reference.HttpClientName == httpClientName;

    private static void AddChainFilter(IServiceCollection services)
    {
        // The first filter runs outside of all others.
        if (services.All(service => service.ServiceType != typeof(IHttpMessageHandlerBuilderFilter) || service.ImplementationType != typeof(HandlerChainFilter)))
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, HandlerChainFilter>());
    }

    private static void PutTokenHandler(
        HttpMessageHandlerBuilder handlers, IServiceProvider services, string clientName, CognitoTokenRequest? request, bool isForAll)
    {
        if (handlers.Name == CognitoM2MDiagnostics.TokenHttpClientName)
            return;

        RemoveTokenHandlers(handlers);
        var client = new Lazy<AppClient>(
            () => TokenHandlerFactory.FindClient(services.GetRequiredService<CachingTokenProvider>(), clientName, request),
            LazyThreadSafetyMode.PublicationOnly);
        handlers.AdditionalHandlers.Add(new CognitoTokenHandler(client, isForAll));
    }

    private static void RemoveTokenHandlers(HttpMessageHandlerBuilder handlers)
    {
        for (var i = handlers.AdditionalHandlers.Count - 1; i >= 0; i--)
        {
            if (handlers.AdditionalHandlers[i] is CognitoTokenHandler)
                handlers.AdditionalHandlers.RemoveAt(i);
        }
    }
}
