using System.Net;
using System.Text.Json;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Which members the discovery document has, and whether the user pool has a domain.</summary>
internal sealed class DiscoveryDocument() : Observation(17, "discovery document of a user pool without a domain")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        if (await service.FindDocumentAsync("openid-configuration", cancellationToken).ConfigureAwait(false) is not { } address)
            return null;

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        if (response.StatusCode != HttpStatusCode.OK)
            return $"status {(int)response.StatusCode}";

        var inspection = await service.InspectAsync(cancellationToken).ConfigureAwait(false);
        var hasDomain = inspection?.UserPool is { } pool ? pool.HasDomain ? "with a domain" : "without a domain" : "whose domain is not known";
        try
        {
            using var document = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false));
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? $"a user pool {hasDomain}: {string.Join(", ", document.RootElement.EnumerateObject().Select(member => member.Name))}"
                : "no JSON object";
        }
        catch (JsonException)
        {
            return "no JSON";
        }
    }
}
