using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Doctor.Observations;

/// <summary>How DescribeUserPoolDomain answers for a domain that does not exist. The name is invented.</summary>
internal sealed class UnknownDomainAnswer() : Observation(12, "answer for an unknown domain")
{
    private const int PrefixLength = 40;

    public override async Task<string?> ObserveAsync(ObservedService service, CancellationToken cancellationToken)
    {
        // Without this check, a user without credentials would wait for them here.
        if (await service.InspectAsync(cancellationToken).ConfigureAwait(false) is null)
            return null;

        var host = service.Examination.Host;
        using var provisioner = host.CreateProvisioner(service.Subject.Aws.CreateProvisionerOptions(host.TimeProvider));
        var request = new InspectionRequest { Domain = ObservedService.Invent(PrefixLength) };
        var inspection = await provisioner.InspectAsync(request, cancellationToken).ConfigureAwait(false);
        return inspection.MissingDomainError is { } error ? $"the error {error}" : "an empty description";
    }
}
