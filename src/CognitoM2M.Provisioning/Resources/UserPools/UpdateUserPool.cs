using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Changes settings and tags of the user pool. Reads the user pool just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateUserPool(PlanStep step, UserPoolBlueprint wanted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var pool = await run.Service.DescribeUserPoolAsync(run.UserPoolId, cancellationToken).ConfigureAwait(false);
        UserPoolDifference.Find(pool, wanted).RequireSameAs(Step);

        if (!UserPoolDifference.FindInSettings(pool, wanted).IsEmpty)
            await run.Service.CallAsync(UserPoolOperations.Update, UserPoolMerge.Merge(pool, wanted), cancellationToken).ConfigureAwait(false);
        else if (UserPoolDifference.FindMissingTags(pool, wanted) is { Count: > 0 } missing)
            await run.Service.CallAsync(UserPoolOperations.Tag, new(pool.Arn!, missing), cancellationToken).ConfigureAwait(false);

        // Whether UpdateUserPool removes the tags that it lacks is not documented, so tags are always removed by UntagResource.
        if (UserPoolDifference.FindSurplusTags(pool, wanted) is { Count: > 0 } surplus)
            await run.Service.CallAsync(UserPoolOperations.Untag, new(pool.Arn!, surplus), cancellationToken).ConfigureAwait(false);
    }
}
