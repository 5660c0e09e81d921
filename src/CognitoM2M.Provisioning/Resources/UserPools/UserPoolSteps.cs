using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Service;
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
        difference.Compare($"tag {OwnershipTag.Key}", pool.UserPoolTags?.GetValueOrDefault(OwnershipTag.Key), OwnershipTag.Value);
        return difference;
    }
}

/// <summary>Marks the user pool as one that blueprints may change.</summary>
internal sealed class AdoptUserPool(PlanStep step, string arn) : PlannedStep(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal) { [OwnershipTag.Key] = OwnershipTag.Value };
        return run.Service.CallAsync(UserPoolOperations.Tag, new(arn, tags), cancellationToken);
    }
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

/// <summary>Deletes the user pool with everything in it.</summary>
internal sealed class DeleteUserPool(PlanStep step) : PlannedStep(step)
{
    /// <summary>
    /// Deletes the user pool. If an interrupted run has deleted the domain, the domain no longer shows but still blocks the user pool for
    /// some time. So the step tries again until the domain is gone.
    /// </summary>
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var time = run.Options.TimeProvider;
        var startedAt = time.GetTimestamp();
        while (true)
        {
            try
            {
                await run.Service.CallAsync(UserPoolOperations.Delete, new(run.UserPoolId), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
            {
                // Another caller has deleted the user pool.
                return;
            }
            catch (CognitoProvisioningException e) when (IsAboutDomain(e) && time.GetElapsedTime(startedAt) < run.Options.DomainRemovalTimeout)
            {
                run.Progress.ReportWaiting("the domain of the user pool to be gone");
                await Task.Delay(DomainRemoval.Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private static bool IsAboutDomain(CognitoProvisioningException exception) =>
        exception.ErrorCode == ServiceRefusal.InvalidParameter && exception.Message.Contains("domain", StringComparison.OrdinalIgnoreCase);
}
