using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// Rules for the HttpClient that sends token requests. They override all other configuration of this HttpClient and of all HttpClients, in
/// any order. The user may set its primary handler and its time-out.
/// </summary>
internal sealed class TokenHttpClientRules : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (name != CognitoM2MDiagnostics.TokenHttpClientName)
            return;

        // A server may echo what it was sent, so the request log shows no header.
        options.ShouldRedactHeaderValue = _ => true;

        // Each attempt has its own time limit. Inserted first, so that a time-out set by the user wins.
        options.HttpClientActions.Insert(0, http => http.Timeout = Timeout.InfiniteTimeSpan);

        options.HttpMessageHandlerBuilderActions.Add(handlers =>
        {
            // Handlers meant for all clients would repeat token requests or add headers to them. This library counts and paces token requests itself.
            handlers.AdditionalHandlers.Clear();
            TokenHttp.Configure(handlers.PrimaryHandler);
        });
    }
}
