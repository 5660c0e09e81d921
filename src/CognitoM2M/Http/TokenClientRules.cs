using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Http;

/// <summary>
/// A rule for HttpClients that carry a token, whatever the user configures for them: the request log of HttpClientFactory does not show the
/// Authorization header.
/// </summary>
internal sealed class TokenClientRules(string? httpClientName) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (httpClientName is not null && name != httpClientName)
            return;

        var othersRedact = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = header => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) || othersRedact(header);
    }
}
