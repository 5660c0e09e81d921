using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Http;

/// <summary>
/// Keeps HttpClientFactory's own request log from showing secrets and tokens, whatever it is told to show: the Authorization header
/// of clients that carry a token, and every header of the client that fetches them, since a server may echo what it was sent.
/// </summary>
internal sealed class HeaderRedaction(string? httpClientName) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (httpClientName is not null && name != httpClientName)
            return;

        var othersRedact = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = name == CognitoM2MDiagnostics.TokenHttpClientName
            ? _ => true
            : header => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) || othersRedact(header);
    }
}
