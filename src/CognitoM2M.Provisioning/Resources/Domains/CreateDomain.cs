using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Creates a domain. Waits first if a domain of the same name is still being deleted.</summary>
internal sealed class CreateDomain(PlanStep step, WantedDomain wanted, bool isStillBeingDeleted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (isStillBeingDeleted)
            await new DomainRemoval(run).WaitUntilGoneAsync(Step.Name, cancellationToken).ConfigureAwait(false);

        var config = wanted.CertificateArn is { } certificate ? new CustomDomainConfig { CertificateArn = certificate, SecurityPolicy = wanted.SecurityPolicy } : null;
        try
        {
            var response = await run.Service
                .CallAsync(DomainOperations.Create, new(Step.Name, run.UserPoolId, config, wanted.ManagedLoginVersion), cancellationToken)
                .ConfigureAwait(false);
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
        return DomainDifference.FindInSettings(domain, wanted);
    }

    private void SetTarget(PlanRun run, string? target)
    {
        if (wanted.CertificateArn is null)
            return;

        run.CustomDomainTarget = target;
        run.Progress.ReportChange($"custom domain '{Step.Name}': its DNS record must point to {OneLine.Show(target)}", 0, 0);
    }
}
