using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.Domains;

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
