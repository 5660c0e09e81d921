using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>
/// Creates the user pool, unless another run has created it since the plan was made. The same request sets the tag by which the next run
/// finds the user pool.
/// </summary>
internal sealed class CreateUserPool(PlanStep step, UserPoolBlueprint wanted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var look = new UserPoolDuplicateCheck(run, wanted);
        if (await look.TryUseOtherAsync(cancellationToken).ConfigureAwait(false))
            return;

        var response = await run.Service.CallAsync(UserPoolOperations.Create, UserPoolMerge.Create(wanted), cancellationToken).ConfigureAwait(false);
        var created = response.UserPool!;
        if (wanted.Id is { } chosen && chosen != created.Id)
        {
            // The cancellation of the caller does not stop this: no later run would find this user pool.
            await run.Service.CallAsync(UserPoolOperations.Delete, new(created.Id!), CancellationToken.None).ConfigureAwait(false);
            throw ChosenIds.NotHonoured(Step, chosen, created.Id);
        }

        run.UserPool = created.ToProvisioned();
        run.HasNewUserPool = true;
        await RequireAsWantedAsync(run, created, cancellationToken).ConfigureAwait(false);
        await look.ResolveAsync(created, cancellationToken).ConfigureAwait(false);
    }

    private async Task RequireAsWantedAsync(PlanRun run, UserPool answered, CancellationToken cancellationToken)
    {
        // An answer may leave members out. The description has all of them.
        if (!Compare(answered).IsEmpty)
            Compare(await run.Service.DescribeUserPoolAsync(answered.Id!, cancellationToken).ConfigureAwait(false)).RequireNone(Step);
    }

    private Difference Compare(UserPool pool)
    {
        var difference = UserPoolDifference.Find(pool, wanted);
        difference.Compare($"tag {OwnershipTag.Key}", UserPoolOwnership.FindTag(pool, OwnershipTag.Key), OwnershipTag.Created);
        return difference;
    }
}
