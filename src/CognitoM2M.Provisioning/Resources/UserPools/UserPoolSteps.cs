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
        var look = new UserPoolLook(run, wanted);
        if (await look.TryUseOtherAsync(cancellationToken).ConfigureAwait(false))
            return;

        var response = await run.Service.CallAsync(UserPoolOperations.Create, UserPoolMerge.Create(wanted), cancellationToken).ConfigureAwait(false);
        var created = response.UserPool!;
        if (wanted.Id is { } chosen && chosen != created.Id)
        {
            // Not cancelled: no later run would find this user pool.
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

/// <summary>Sets a tag of this library on the user pool.</summary>
internal sealed class TagUserPool(PlanStep step, string arn, string key, string value) : PlannedStep(step)
{
    /// <summary>Plans the adoption of a user pool: marks it as one that blueprints may change.</summary>
    /// <param name="pool">The user pool.</param>
    /// <param name="name">Its name in the blueprint.</param>
    /// <param name="contents">What the blueprint takes over in it, in words.</param>
    public static TagUserPool PlanAdoption(UserPool pool, string name, IEnumerable<string> contents) =>
        Plan(pool, name, PlanAction.Adopt, OwnershipTag.Key, OwnershipTag.Adopted, contents);

    /// <summary>Plans the record that a domain of an adopted user pool comes from a blueprint, so that destroying removes this domain and no other.</summary>
    public static TagUserPool PlanRecord(UserPool pool, string name, string key, string domain) => Plan(pool, name, PlanAction.Update, key, domain, []);

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) => run.Service.CallAsync(
        UserPoolOperations.Tag, new(arn, new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value }), cancellationToken);

    private static TagUserPool Plan(UserPool pool, string name, PlanAction action, string key, string value, IEnumerable<string> contents)
    {
        var difference = new Difference();
        difference.Compare($"tag {key}", UserPoolOwnership.FindTag(pool, key), value);
        foreach (var thing in contents)
            difference.Compare(thing, "of others", "of this blueprint");
        return new(difference.ToStep(action, PlannedKind.UserPool, name), pool.Arn!, key, value);
    }
}

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
