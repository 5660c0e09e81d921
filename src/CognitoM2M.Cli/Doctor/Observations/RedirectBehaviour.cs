namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>Whether the token endpoint redirects.</summary>
internal sealed class RedirectBehaviour() : Observation(4, "redirects of the token endpoint")
{
    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        var probe = await service.Examination.ProbeAsync(cancellationToken).ConfigureAwait(false);
        return probe.Status is { } status
            ? $"GET is answered with status {(int)status}{(probe.RedirectTarget is { } target ? $" and a redirect to {target.Host}" : ", no redirect")}"
            : null;
    }
}
