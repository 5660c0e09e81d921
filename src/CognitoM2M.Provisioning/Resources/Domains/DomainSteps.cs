using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Creates a domain. Waits first if a domain of the same name is still being deleted.</summary>
internal sealed class CreateDomain(PlanStep step, string? certificateArn, bool isStillBeingDeleted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (isStillBeingDeleted)
            await new DomainRemoval(run).WaitUntilGoneAsync(Step.Name, cancellationToken).ConfigureAwait(false);

        var config = certificateArn is null ? null : new CustomDomainConfig { CertificateArn = certificateArn };
        try
        {
            var response = await run.Service.CallAsync(DomainOperations.Create, new(Step.Name, run.UserPoolId, config), cancellationToken).ConfigureAwait(false);
            SetTarget(run, response.CloudFrontDomain);
        }
        catch (CognitoProvisioningException e)
        {
            if (!await UnconfirmedCreate.HasSucceededAsync(run, e, Step, () => FindDifferenceAsync(run, cancellationToken)).ConfigureAwait(false))
                throw;
        }

        run.HasNewDomain = true;
    }

    /// <summary>Compares the domain with the request; null if the user pool does not have it.</summary>
    private async Task<Difference?> FindDifferenceAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var domain = await run.Service.FindDomainAsync(Step.Name, cancellationToken).ConfigureAwait(false);
        if (domain is null || domain.UserPoolId != run.UserPoolId || DomainRemoval.IsBeingDeleted(domain))
            return null;

        SetTarget(run, domain.CloudFrontDistribution);
        return certificateArn is null ? new Difference() : DomainDifference.FindInCertificate(domain, certificateArn);
    }

    private void SetTarget(PlanRun run, string? target)
    {
        if (certificateArn is not null)
            run.CustomDomainTarget = target;
    }
}

/// <summary>
/// Deletes a domain, waits until it is gone, and creates another. A user pool has at most one domain of each kind, and a domain cannot be
/// renamed.
/// </summary>
internal sealed class ReplaceDomain(PlanStep step, string current, string? certificateArn, bool isStillBeingDeleted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await new DomainRemoval(run).RemoveAsync(current, cancellationToken).ConfigureAwait(false);
        await new CreateDomain(Step, certificateArn, isStillBeingDeleted).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Changes the certificate of a custom domain. Reads the domain just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateDomain(PlanStep step, string certificateArn) : PlannedStep(step)
{
    private static readonly string[] _readOnly = ["S3Bucket", "Version"];

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var domain = await run.Service.FindDomainAsync(Step.Name, cancellationToken).ConfigureAwait(false) ?? new DomainDescription();
        DomainDifference.FindInCertificate(domain, certificateArn).RequireSameAs(Step);

        var update = new UpdateUserPoolDomainRequest
        {
            Domain = Step.Name,
            UserPoolId = run.UserPoolId,
            CustomDomainConfig = domain.CustomDomainConfig! with { CertificateArn = certificateArn },
            ManagedLoginVersion = domain.ManagedLoginVersion,
            OtherMembers = domain.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
        await run.Service.CallAsync(DomainOperations.Update, update, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes a domain and waits until it is gone.</summary>
internal sealed class DeleteDomain(PlanStep step) : PlannedStep(step)
{
    /// <summary>Plans the deletion of a domain.</summary>
    public static DeleteDomain Plan(string domain) =>
        new(DomainDifference.FindInName(domain, wanted: null, certificateArn: null).ToStep(PlanAction.Delete, PlannedKind.Domain, domain));

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        new DomainRemoval(run).RemoveAsync(Step.Name, cancellationToken);
}
