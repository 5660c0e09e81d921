using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Switches deletion protection off, so that the user pool can be deleted.</summary>
internal sealed class UnprotectUserPool(PlanStep step) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var pool = await run.Service.DescribeUserPoolAsync(run.UserPoolId, cancellationToken).ConfigureAwait(false);
        if (UserPoolDifference.IsProtected(pool))
            await run.Service.CallAsync(UserPoolOperations.Update, UserPoolMerge.Unprotect(pool), cancellationToken).ConfigureAwait(false);
    }
}
