using CognitoM2M;
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
    /// An HttpClient carries one token: the last of several calls counts. Add retry handlers before this call, so that each of their attempts
    /// takes the token that is current then. The HttpClient that sends token requests never carries a token.
    /// </remarks>
    public static IHttpClientBuilder AddCognitoM2MToken(this IHttpClientBuilder builder, string clientName, CognitoTokenRequest? request = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (request is { ForceRefresh: true })
            throw new ArgumentException("With ForceRefresh every call would fetch a token. Set it on single requests only.", nameof(request));

        builder.Services.AddCognitoM2MTokenProvider();
        builder.Services.AddSingleton(new ClientReference(clientName));
        builder.Services.Configure<HttpClientFactoryOptions>(
            builder.Name, options => options.HttpMessageHandlerBuilderActions.Add(handlers => PutTokenHandler(handlers, clientName, request)));
        builder.Services.AddSingleton<IPostConfigureOptions<HttpClientFactoryOptions>>(new HeaderRedaction(builder.Name));
        AddChainFilter(builder.Services);
        return builder;
    }

    private static void AddChainFilter(IServiceCollection services)
    {
        // The first filter runs outside of all others.
        if (services.All(service => service.ImplementationType != typeof(HandlerChainFilter)))
            services.Insert(0, ServiceDescriptor.Singleton<IHttpMessageHandlerBuilderFilter, HandlerChainFilter>());
    }

    private static void PutTokenHandler(HttpMessageHandlerBuilder handlers, string clientName, CognitoTokenRequest? request)
    {
        if (handlers.Name == CognitoM2MDiagnostics.TokenHttpClientName)
            return;

        for (var i = handlers.AdditionalHandlers.Count - 1; i >= 0; i--)
        {
            if (handlers.AdditionalHandlers[i] is CognitoTokenHandler)
                handlers.AdditionalHandlers.RemoveAt(i);
        }

        var provider = handlers.Services.GetRequiredService<CachingTokenProvider>();
        handlers.AdditionalHandlers.Add(new CognitoTokenHandler(request is null ? provider.GetClient(clientName) : provider.CreateClient(clientName, request)));
    }
}
