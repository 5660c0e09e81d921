using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

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
