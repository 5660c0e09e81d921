using Microsoft.Extensions.Http;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Http;

/// <summary>
/// Keeps the request log of HttpClientFactory from showing the Authorization header of clients that carry a token, even if the user
/// configures that log in another way.
/// </summary>
internal sealed class HeaderRedaction(string? httpClientName) : IPostConfigureOptions<HttpClientFactoryOptions>
{
    public void PostConfigure(string? name, HttpClientFactoryOptions options)
    {
        if (httpClientName is not null && name != httpClientName)
            return;

        var othersRedact = options.ShouldRedactHeaderValue;
        options.ShouldRedactHeaderValue = header => string.Equals(header, "Authorization", StringComparison.OrdinalIgnoreCase) || othersRedact(header);
    }
}
