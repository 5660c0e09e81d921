using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// What holds for the HttpClient that sends token requests, whatever is configured for it or for all clients, and in which order.
/// Its primary handler and its time-out are the user's to set.
/// </summary>
internal sealed class TokenHttpClientRules : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (name != CognitoM2MDiagnostics.TokenHttpClientName)
            return;

        // A server may echo what it was sent, so no header of these requests is shown.
        options.ShouldRedactHeaderValue = _ => true;

        // Each attempt has its own limit; first in line, so that a time-out the user sets still counts.
        options.HttpClientActions.Insert(0, http => http.Timeout = Timeout.InfiniteTimeSpan);

        options.HttpMessageHandlerBuilderActions.Add(handlers =>
        {
            // Handlers meant for all clients would repeat requests that are counted and spaced here, or put headers on them.
            handlers.AdditionalHandlers.Clear();
            TokenHttp.Configure(handlers.PrimaryHandler);
        });
    }
}
