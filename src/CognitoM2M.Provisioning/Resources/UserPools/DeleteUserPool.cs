using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Deletes the user pool with everything in it.</summary>
/// <param name="step">The step as users see it.</param>
/// <param name="planned">What the plan has shown as lost with the user pool.</param>
internal sealed class DeleteUserPool(PlanStep step, UserPoolContents planned) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        // Another caller may have deleted the user pool.
        if (await ExistsAsPlannedAsync(run, planned, cancellationToken).ConfigureAwait(false))
            await DeleteAsync(run, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Stops if something is in the user pool that the plan has not shown. The number of users may change, unless there were none.</summary>
    /// <param name="run">The run.</param>
    /// <param name="planned">What the plan has shown.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <returns>Whether the user pool exists.</returns>
    public static async Task<bool> ExistsAsPlannedAsync(PlanRun run, UserPoolContents planned, CancellationToken cancellationToken)
    {
        if (await run.Service.FindUserPoolAsync(run.UserPoolId, cancellationToken).ConfigureAwait(false) is not { } pool)
            return false;

        var present = await new UserPoolContentsReader(run.Service, run.Progress).ReadAllAsync(pool, cancellationToken).ConfigureAwait(false);
        var unplanned = (present with { Users = planned.Users.IsZero ? present.Users : default }).ListLines().Except(planned.ListLines(), StringComparer.Ordinal).ToList();
        if (unplanned.Count == 0)
            return true;

        throw new CognitoProvisioningException(
            ProvisioningError.PlanOutdated,
            $"The user pool was not deleted. It has something now that was not there when the plan was made: {string.Join(", ", unplanned)}.",
            "Plan again.");
    }

    /// <summary>
    /// Sends the deletion. If an interrupted run has deleted the domain, the domain no longer shows but still blocks the user pool for some
    /// time. So the step tries again until the domain is gone.
    /// </summary>
    private static async Task DeleteAsync(PlanRun run, CancellationToken cancellationToken)
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

/// <summary>The first step of the deletion of a user pool. Looks before anything is taken from the users of the user pool.</summary>
/// <param name="first">The step.</param>
/// <param name="planned">What the plan has shown as lost with the user pool.</param>
internal sealed class CheckedFirstStep(PlannedStep first, UserPoolContents planned) : PlannedStep(first.Step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await DeleteUserPool.ExistsAsPlannedAsync(run, planned, cancellationToken).ConfigureAwait(false);
        await first.RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}
