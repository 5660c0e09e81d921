namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>How long the key set may be cached, and how many keys it has.</summary>
internal sealed class KeySetHeaders() : Observation(5, "Cache-Control of key sets")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        if (await service.FindDocumentAsync("jwks.json", cancellationToken).ConfigureAwait(false) is not { } address)
            return null;

        var verification = await service.FindVerifiedAsync(cancellationToken).ConfigureAwait(false);
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        using var response = await service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return $"status {(int)response.StatusCode}, Cache-Control {ObservedService.ShowHeader(response, "Cache-Control")}, "
            + $"Age {ObservedService.ShowHeader(response, "Age")}, {verification!.Verifier.KeySets.Max(keys => keys.UsableKeys)} usable key(s)";
    }
}
