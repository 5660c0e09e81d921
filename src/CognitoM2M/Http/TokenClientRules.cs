using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Http;

/// <summary>
/// Rules for HttpClients that carry a token, whatever the user configures for them: the request log of HttpClientFactory does not show the
/// Authorization header, and requests to loopback addresses do not go through the proxy of the environment.
/// </summary>
internal sealed class TokenClientRules(string? httpClientName) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (httpClientName is not null && name != httpClientName)
            return;

        var othersRedact = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = header => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) || othersRedact(header);

        options.HttpMessageHandlerBuilderActions.Add(handlers =>
        {
            if (handlers.AdditionalHandlers.Any(handler => handler is CognitoTokenHandler))
                PrimaryHandlers.BypassProxyForLoopback(handlers.PrimaryHandler);
        });
    }
}
