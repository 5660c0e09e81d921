namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Whether pages of other origins may read key sets, and how the token endpoint answers the question that a browser asks first.</summary>
internal sealed class CrossOriginRequests() : Observation(18, "CORS of key sets, preflight of the token endpoint")
{
    private const string AllowOrigin = "Access-Control-Allow-Origin";
    private const string Origin = "https://example.com";

    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        using var preflight = new HttpRequestMessage(HttpMethod.Options, service.Subject.Endpoint);
        preflight.Headers.Add("Origin", Origin);
        preflight.Headers.Add("Access-Control-Request-Method", "POST");
        preflight.Headers.Add("Access-Control-Request-Headers", "x-requested-with");
        using var answer = await service.SendAsync(preflight, cancellationToken).ConfigureAwait(false);
        var seen = $"preflight: status {(int)answer.StatusCode}, {AllowOrigin} {ObservedService.ShowHeader(answer, AllowOrigin)}, "
            + $"Access-Control-Allow-Headers {ObservedService.ShowHeader(answer, "Access-Control-Allow-Headers")}";
        if (await service.FindDocumentAsync("jwks.json", cancellationToken).ConfigureAwait(false) is not { } address)
            return seen;

        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Add("Origin", Origin);
        using var keySet = await service.SendAsync(request, cancellationToken).ConfigureAwait(false);
        return $"{seen}; key set: {AllowOrigin} {ObservedService.ShowHeader(keySet, AllowOrigin)}";
    }
}
