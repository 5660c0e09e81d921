using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>
/// Looks for user pools of the same name while a run creates a user pool. Names are not unique in Cognito, so two runs at the same time
/// would both create one. A run looks before it creates and again after it has created, so the later of two creates is always seen by its
/// own run. That run removes its user pool while the user pool is still empty.
/// </summary>
/// <remarks>
/// If both runs see both user pools, the one that Cognito created first stays, and the lower id decides between equal dates. Both runs
/// compare the same values, which never change, so they cannot both remove their own or both keep it. No run removes what it has not created.
/// </remarks>
internal sealed class UserPoolDuplicateCheck(PlanRun run, UserPoolBlueprint wanted)
{
    // An emulator refuses a second user pool with the chosen id, so no run creates it twice, and another one may have the name.
    private readonly bool _hasUniqueId = wanted.Id is not null;
    private readonly string _what = $"user pool '{wanted.Name}'";

    /// <summary>Uses a user pool of this name that another run has created since the plan was made.</summary>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> TryUseOtherAsync(CancellationToken cancellationToken)
    {
        if (_hasUniqueId)
            return false;

        var (pools, ids) = await ReadAsync(ownId: null, cancellationToken).ConfigureAwait(false);
        if (pools.Count == 0 && ids.Count > 0)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.PlanOutdated, $"Since the plan was made, a {_what} ({ids[0]}) without the tag '{OwnershipTag.Key}' was created.", "Plan again.");
        }

        if (pools.Count == 0)
            return false;

        Use(pools[0], new(_what) { UsedId = pools[0].Id });
        return true;
    }

    /// <summary>Looks again after the create, once the list shows the new user pool. Removes the new user pool if it is not the first of its name.</summary>
    public async Task ResolveAsync(UserPool own, CancellationToken cancellationToken)
    {
        if (_hasUniqueId)
            return;

        var schedule = new RetrySchedule(run.Options.TimeProvider, run.Options.RetryTimeout);
        var (pools, ids) = await ReadAsync(own.Id, cancellationToken).ConfigureAwait(false);
        while (!ids.Contains(own.Id, StringComparer.Ordinal) && await schedule.TryWaitAsync(cancellationToken).ConfigureAwait(false))
            (pools, ids) = await ReadAsync(own.Id, cancellationToken).ConfigureAwait(false);

        if (pools.Count == 0 || pools[0].Id == own.Id)
            return;

        var isRemoved = await TryRemoveAsync(own.Id!).ConfigureAwait(false);
        Use(pools[0], new(_what)
        {
            UsedId = pools[0].Id,
            RemovedId = isRemoved ? own.Id : null,
            SurplusId = isRemoved ? null : own.Id,
            RemovalCommand = isRemoved ? null : RemovalCommand.CreateForUserPool(own.Id!),
        });
    }

    /// <summary>Looks once more after all steps. By then both user pools may be in use, so the run only reports the second one.</summary>
    public async Task LookAtEndAsync(CancellationToken cancellationToken)
    {
        if (_hasUniqueId)
            return;

        var (pools, _) = await ReadAsync(run.UserPoolId, cancellationToken).ConfigureAwait(false);
        run.Overlaps.AddRange(pools.Skip(1).Select(pool => new Overlap(_what)
        {
            UsedId = pools[0].Id,
            SurplusId = pool.Id,
            HasWorkedInSurplus = pool.Id == run.UserPoolId,
            RemovalCommand = RemovalCommand.CreateForUserPool(pool.Id!, pool.Domain, pool.CustomDomain),
        }));
    }

    /// <summary>The user pools of this name that have the ownership tag, the first created first; and the ids of all user pools of this name that the list shows.</summary>
    /// <param name="ownId">The user pool that this run has created. It counts also if the list does not show it yet, because it may be the first.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    private async Task<(List<UserPool> Pools, IReadOnlyList<string> Ids)> ReadAsync(string? ownId, CancellationToken cancellationToken)
    {
        var ids = await run.Service.FindUserPoolIdsAsync(wanted.Name, run.Progress, cancellationToken).ConfigureAwait(false);
        var pools = new List<UserPool>();
        foreach (var id in ownId is null ? ids : ids.Union([ownId], StringComparer.Ordinal))
        {
            if (await run.Service.FindUserPoolAsync(id, cancellationToken).ConfigureAwait(false) is { } pool && UserPoolOwnership.IsManaged(pool))
                pools.Add(pool);
        }

        return ([.. pools.OrderBy(pool => pool.CreationDate).ThenBy(pool => pool.Id, StringComparer.Ordinal)], ids);
    }

    /// <summary>Removes the user pool that this run has created, unless somebody has put something into it.</summary>
    private async Task<bool> TryRemoveAsync(string id)
    {
        // The cancellation of the caller does not stop this: two user pools of one name would make every later plan ambiguous.
        var never = CancellationToken.None;
        try
        {
            var pool = await run.Service.DescribeUserPoolAsync(id, never).ConfigureAwait(false);
            var clients = await run.Service.ListAppClientsAsync(id, run.Progress, never).ConfigureAwait(false);
            var servers = await run.Service.ListResourceServersAsync(id, run.Progress, never).ConfigureAwait(false);
            if (clients.Count > 0 || servers.Count > 0 || pool.Domain is not null || pool.CustomDomain is not null)
                return false;

            if (UserPoolDifference.IsProtected(pool))
                await run.Service.CallAsync(UserPoolOperations.Update, UserPoolMerge.Unprotect(pool), never).ConfigureAwait(false);
            await run.Service.CallAsync(UserPoolOperations.Delete, new(id), never).ConfigureAwait(false);
            return true;
        }
        catch (CognitoProvisioningException e)
        {
            // The caller may lack the permission to delete. The report then names the user pool and the command that removes it.
            return e.Error == ProvisioningError.NotFound;
        }
    }

    private void Use(UserPool other, Overlap overlap)
    {
        run.UserPool = other.ToProvisioned();
        run.HasNewUserPool = false;
        run.Overlaps.Add(overlap);
        if (UserPoolDifference.Find(other, wanted).IsEmpty)
            return;

        throw new CognitoProvisioningException(
            ProvisioningError.PlanOutdated,
            $"Another run has created {_what} ({other.Id}) at the same time, with other settings than the blueprint."
            + (overlap.RemovedId is { } removed ? $" This run has removed the one that it had created ({removed})." : ""),
            overlap.RemovalCommand is { } command ? $"Remove the user pool that this run created: {command}. Then plan again." : "Plan again.");
    }
}
