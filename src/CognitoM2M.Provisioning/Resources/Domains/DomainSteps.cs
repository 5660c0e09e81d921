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

/// <summary>
/// Deletes a domain, waits until it is gone, and creates another. A user pool has at most one domain of each kind, and a domain cannot be
/// renamed.
/// </summary>
internal sealed class ReplaceDomain(PlanStep step, string current, WantedDomain wanted, bool isStillBeingDeleted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await new DomainRemoval(run).RemoveAsync(current, cancellationToken).ConfigureAwait(false);
        await new CreateDomain(Step, wanted, isStillBeingDeleted).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Changes the settings of a domain. Reads the domain just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateDomain(PlanStep step, WantedDomain wanted) : PlannedStep(step)
{
    private static readonly string[] _readOnly = ["S3Bucket", "Version"];

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var domain = await run.Service.FindDomainAsync(Step.Name, cancellationToken).ConfigureAwait(false) ?? new DomainDescription();
        DomainDifference.FindInSettings(domain, wanted).RequireSameAs(Step);

        var update = new UpdateUserPoolDomainRequest
        {
            Domain = Step.Name,
            UserPoolId = run.UserPoolId,
            CustomDomainConfig = MergeConfig(domain.CustomDomainConfig),
            ManagedLoginVersion = wanted.ManagedLoginVersion ?? domain.ManagedLoginVersion,
            OtherMembers = domain.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
        await run.Service.CallAsync(DomainOperations.Update, update, cancellationToken).ConfigureAwait(false);
    }

    // Cognito refuses an update of a prefix domain that has this member, even if the member is empty.
    private CustomDomainConfig? MergeConfig(CustomDomainConfig? present) => wanted.CertificateArn is not { } certificate ? null
        : (present ?? new()) with { CertificateArn = certificate, SecurityPolicy = wanted.SecurityPolicy ?? present?.SecurityPolicy };
}

/// <summary>Deletes a domain and waits until it is gone.</summary>
internal sealed class DeleteDomain(PlanStep step) : PlannedStep(step)
{
    /// <summary>Plans the deletion of a domain.</summary>
    public static DeleteDomain Plan(string domain) =>
        new(DomainDifference.FindInName(domain, wanted: null).ToStep(PlanAction.Delete, PlannedKind.Domain, domain));

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        new DomainRemoval(run).RemoveAsync(Step.Name, cancellationToken);
}
