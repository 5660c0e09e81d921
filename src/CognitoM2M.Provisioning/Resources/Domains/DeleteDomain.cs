using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

/// <summary>Deletes a domain and waits until it is gone.</summary>
internal sealed class DeleteDomain(PlanStep step) : PlannedStep(step)
{
    /// <summary>Plans the deletion of a domain.</summary>
    public static DeleteDomain Plan(string domain) =>
        new(DomainDifference.FindInName(domain, wanted: null).ToStep(PlanAction.Delete, PlannedKind.Domain, domain));

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        new DomainRemoval(run).RemoveAsync(Step.Name, cancellationToken);
}
