using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Creates the user pool; its tag, by which the next run finds it, is part of the one request.</summary>
internal sealed class CreateUserPool(PlanStep step, UserPoolBlueprint wanted) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Api.CreateUserPoolAsync(UserPoolChanges.Create(wanted), cancellationToken).ConfigureAwait(false);
        run.Pool = response.UserPool;
    }
}

/// <summary>Marks the user pool as one that blueprints may change.</summary>
internal sealed class AdoptUserPool(PlanStep step) : PlannedAction(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var tag = new Dictionary<string, string>(StringComparer.Ordinal) { [OwnershipTag.Key] = OwnershipTag.Value };
        return run.Api.TagResourceAsync(new(run.Pool!.Arn!, tag), cancellationToken);
    }
}

/// <summary>Changes settings and tags of the user pool, as it is just before.</summary>
internal sealed class UpdateUserPool(PlanStep step, UserPoolBlueprint wanted) : PlannedAction(step)
{
    public static Changes Changes(UserPool pool, UserPoolBlueprint wanted)
    {
        var changes = UserPoolChanges.Between(pool, wanted);
        foreach (var (key, value) in UserPoolChanges.MissingTags(pool, wanted))
            changes.Compare($"tag {key}", pool.UserPoolTags?.GetValueOrDefault(key), value);
        return changes;
    }

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var pool = (await run.Api.DescribeUserPoolAsync(new(run.PoolId), cancellationToken).ConfigureAwait(false)).UserPool!;
        Changes(pool, wanted).ThrowUnless(Step);

        var tags = UserPoolChanges.MissingTags(pool, wanted);
        if (UserPoolChanges.Between(pool, wanted).Any)
        {
            var update = UserPoolChanges.Merge(pool, wanted) with { UserPoolTags = With(pool.UserPoolTags, tags) };
            await run.Api.UpdateUserPoolAsync(update, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await run.Api.TagResourceAsync(new(pool.Arn!, tags), cancellationToken).ConfigureAwait(false);
        }
    }

    private static Dictionary<string, string> With(IReadOnlyDictionary<string, string>? existing, IReadOnlyDictionary<string, string> added)
    {
        var all = (existing ?? added).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in added)
            all[key] = value;
        return all;
    }
}

/// <summary>Switches deletion protection off, so that the user pool can be deleted.</summary>
internal sealed class UnprotectUserPool(PlanStep step) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var pool = (await run.Api.DescribeUserPoolAsync(new(run.PoolId), cancellationToken).ConfigureAwait(false)).UserPool!;
        if (UserPoolChanges.IsProtected(pool))
            await run.Api.UpdateUserPoolAsync(UserPoolChanges.Unprotect(pool), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes the user pool with everything in it.</summary>
internal sealed class DeleteUserPool(PlanStep step) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.Domains.OnceGoneAsync(() => run.Api.DeleteUserPoolAsync(new(run.PoolId), cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Somebody else was faster.
        }
    }
}
