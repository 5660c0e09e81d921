using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Removes tags of this library from a user pool that stays.</summary>
internal sealed class UntagUserPool(PlanStep step, string arn, IReadOnlyList<string> keys) : PlannedStep(step)
{
    public static UntagUserPool Plan(UserPool pool, IReadOnlyList<string> keys)
    {
        var difference = new Difference();
        foreach (var key in keys)
            difference.Compare($"tag {key}", UserPoolOwnership.FindTag(pool, key), null);
        return new(difference.ToStep(PlanAction.Update, PlannedKind.UserPool, pool.Name!), pool.Arn!, keys);
    }

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(UserPoolOperations.Untag, new(arn, keys), cancellationToken);
}
