using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Creates a domain, after one of the same name that is on its way out.</summary>
internal sealed class CreateDomain(PlanStep step, string? certificateArn, bool isStillBeingDeleted) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (isStillBeingDeleted)
            await run.Domains.WaitUntilGoneAsync(Step.Name, cancellationToken).ConfigureAwait(false);

        var config = certificateArn is null ? null : new CustomDomainConfig { CertificateArn = certificateArn };
        var response = await run.Api.CreateUserPoolDomainAsync(new(Step.Name, run.PoolId, config), cancellationToken).ConfigureAwait(false);
        run.HasNewDomain = true;
        if (certificateArn is not null)
            run.CustomDomainTarget = response.CloudFrontDomain;
    }
}

/// <summary>Deletes a domain, waits until it is gone, and creates another: a pool has one of each kind, and none can be renamed.</summary>
internal sealed class ReplaceDomain(PlanStep step, string old, string? certificateArn, bool isStillBeingDeleted) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await run.Domains.RemoveAsync(old, run.PoolId, cancellationToken).ConfigureAwait(false);
        await new CreateDomain(Step, certificateArn, isStillBeingDeleted).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Changes the certificate of a custom domain, as it is just before.</summary>
internal sealed class UpdateDomain(PlanStep step, string certificateArn) : PlannedAction(step)
{
    private static readonly string[] _readOnly = ["AWSAccountId", "S3Bucket", "Version"];

    public static Changes Changes(DomainDescription domain, string certificateArn)
    {
        var changes = new Changes();
        changes.Compare(nameof(CustomDomainConfig.CertificateArn), domain.CustomDomainConfig?.CertificateArn, certificateArn);
        return changes;
    }

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var domain = await run.Api.FindDomainAsync(Step.Name, cancellationToken).ConfigureAwait(false) ?? new DomainDescription();
        Changes(domain, certificateArn).ThrowUnless(Step);

        var update = new UpdateUserPoolDomainRequest
        {
            Domain = Step.Name,
            UserPoolId = run.PoolId,
            CustomDomainConfig = domain.CustomDomainConfig! with { CertificateArn = certificateArn },
            ManagedLoginVersion = domain.ManagedLoginVersion,
            OtherMembers = domain.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
        await run.Api.UpdateUserPoolDomainAsync(update, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes a domain and waits until it is gone.</summary>
internal sealed class DeleteDomain(PlanStep step) : PlannedAction(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Domains.RemoveAsync(Step.Name, run.PoolId, cancellationToken);
}
