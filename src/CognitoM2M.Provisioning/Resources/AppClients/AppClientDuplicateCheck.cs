using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>
/// Looks for app clients of the same name while a run creates app clients. Names are not unique in Cognito, so two runs at the same time
/// would create each app client twice. A run looks before it creates and again after it has created, so the later of two creates is always
/// seen by its own run. That run removes what it has created: nobody else knows that app client, because its secret is stored only after the
/// look.
/// </summary>
/// <remarks>
/// If both runs see both app clients, the one that Cognito created first stays, and the lower id decides between equal dates. Both runs
/// compare the same values, which never change, so they cannot both remove their own or both keep it. No run removes what it has not created.
/// </remarks>
internal sealed class AppClientDuplicateCheck(IReadOnlyList<AppClientBlueprint> wantedClients)
{
    private readonly Dictionary<string, AppClientBlueprint> _wanted = wantedClients.ToDictionary(wanted => wanted.Name, StringComparer.Ordinal);
    private ILookup<string, string> _ids = Array.Empty<string>().ToLookup(id => id, StringComparer.Ordinal);
    private bool _hasLooked;
    private int _pages = 1;
    private int _createdSinceLook;

    /// <summary>Uses an app client of this name that another run has created since the plan was made.</summary>
    /// <param name="run">The run.</param>
    /// <param name="wanted">The app client to create.</param>
    /// <param name="replacedId">The id of the app client that the new one replaces. The list may still show it.</param>
    /// <param name="cancellationToken">Ends the look.</param>
    /// <returns>Whether there is one.</returns>
    public async Task<bool> TryUseOtherAsync(PlanRun run, AppClientBlueprint wanted, string? replacedId, CancellationToken cancellationToken)
    {
        if (!_hasLooked)
            await LookAsync(run, cancellationToken).ConfigureAwait(false);

        var ids = _ids[wanted.Name].Where(id => id != replacedId);
        if (await FindFirstAsync(run, ids, cancellationToken).ConfigureAwait(false) is not { } other)
            return false;

        await UseAsync(run, other, new($"app client '{wanted.Name}'") { UsedId = other.ClientId }, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Looks again after a create. A list of several pages is read only once for as many app clients as it has pages, so that a create costs
    /// at most one request more.
    /// </summary>
    public async Task LookAfterCreateAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (++_createdSinceLook < _pages)
            return;

        await LookAsync(run, cancellationToken).ConfigureAwait(false);
        await ResolveAsync(run, isAtEnd: false, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks once more after all steps, and waits until the list shows every app client that the run has created.</summary>
    public async Task LookAtEndAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (run.NewAppClients.Count == 0)
            return;

        var schedule = new RetrySchedule(run.Options.TimeProvider, run.Options.RetryTimeout);
        do
        {
            await LookAsync(run, cancellationToken).ConfigureAwait(false);
        }
        while (run.NewAppClients.Values.Any(IsHidden) && await schedule.TryWaitAsync(cancellationToken).ConfigureAwait(false));

        await ResolveAsync(run, isAtEnd: true, cancellationToken).ConfigureAwait(false);
    }

    private async Task LookAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var clients = await run.Service.ListAppClientsAsync(run.UserPoolId, run.Progress, cancellationToken).ConfigureAwait(false);
        _ids = clients.Where(client => !run.IsEmulator || MayBeWanted(client)).ToLookup(client => client.ClientName!, client => client.ClientId!, StringComparer.Ordinal);
        (_hasLooked, _createdSinceLook, _pages) = (true, 0, 1 + (clients.Count / AppClientReader.PageSize));
    }

    // An emulator creates app clients with the ids that the blueprint chooses. Another app client may have the same name there.
    private bool MayBeWanted(UserPoolClientDescription client) =>
        !_wanted.TryGetValue(client.ClientName!, out var wanted) || wanted.Names(client.ClientName, client.ClientId);

    /// <summary>Confirms each new app client that is the first of its name, and gives up each that is not.</summary>
    private async Task ResolveAsync(PlanRun run, bool isAtEnd, CancellationToken cancellationToken)
    {
        foreach (var own in run.NewAppClients.Values.Where(own => isAtEnd || !own.IsConfirmed).ToList())
        {
            var (name, id) = (own.Client.Name, own.Client.ClientId);
            var others = _ids[name].Where(other => other != id).ToList();
            if (others.Count == 0)
                own.IsConfirmed = !IsHidden(own);
            else if (await FindFirstAsync(run, [id, .. others], cancellationToken).ConfigureAwait(false) is { } first && first.ClientId != id)
                await GiveUpAsync(run, own, first, cancellationToken).ConfigureAwait(false);
            else
                Keep(run, own, isAtEnd ? others : []);
        }
    }

    private bool IsHidden(NewAppClient own) => !_ids[own.Client.Name].Contains(own.Client.ClientId, StringComparer.Ordinal);

    /// <summary>The app client that Cognito created first; null if none of them exists any more.</summary>
    private static async Task<UserPoolClient?> FindFirstAsync(PlanRun run, IEnumerable<string> ids, CancellationToken cancellationToken)
    {
        var clients = new List<UserPoolClient>();
        foreach (var id in ids)
        {
            try
            {
                clients.Add(await run.Service.DescribeAppClientAsync(run.UserPoolId, id, cancellationToken).ConfigureAwait(false));
            }
            catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
            {
                // The other run has removed it since the list was read.
            }
        }

        return clients.OrderBy(client => client.CreationDate).ThenBy(client => client.ClientId, StringComparer.Ordinal).FirstOrDefault();
    }

    /// <summary>Removes the app client that this run has created, unless somebody may use it already, and uses the first of its name.</summary>
    private async Task GiveUpAsync(PlanRun run, NewAppClient own, UserPoolClient first, CancellationToken cancellationToken)
    {
        var id = own.Client.ClientId;
        var isRemoved = !own.HasStoredSecret && await TryRemoveAsync(run, id).ConfigureAwait(false);
        var overlap = new Overlap($"app client '{own.Client.Name}'")
        {
            UsedId = first.ClientId,
            RemovedId = isRemoved ? id : null,
            SurplusId = isRemoved ? null : id,
            RemovalCommand = isRemoved ? null : RemovalCommand.CreateForAppClient(run.UserPoolId, id),
        };
        await UseAsync(run, first, overlap, cancellationToken).ConfigureAwait(false);
    }

    private static async Task<bool> TryRemoveAsync(PlanRun run, string clientId)
    {
        try
        {
            // The cancellation of the caller does not stop this: two app clients of one name would make every later plan ambiguous.
            await run.Service.CallAsync(AppClientOperations.Delete, new(run.UserPoolId, clientId), CancellationToken.None).ConfigureAwait(false);
            return true;
        }
        catch (CognitoProvisioningException e)
        {
            // The caller may lack the permission to delete. The report then names the app client and the command that removes it.
            return e.Error == ProvisioningError.NotFound;
        }
    }

    private static void Keep(PlanRun run, NewAppClient own, List<string> others)
    {
        own.IsConfirmed = true;
        run.Overlaps.AddRange(others.Select(other => new Overlap($"app client '{own.Client.Name}'")
        {
            UsedId = own.Client.ClientId,
            SurplusId = other,
            RemovalCommand = RemovalCommand.CreateForAppClient(run.UserPoolId, other),
        }));
    }

    private async Task UseAsync(PlanRun run, UserPoolClient other, Overlap overlap, CancellationToken cancellationToken)
    {
        var name = other.ClientName!;
        // A description need not show a secret that was given, and the other run may have given another one than this run.
        var isHidden = string.IsNullOrEmpty(other.ClientSecret);
        run.UseOtherAppClient(other.ToProvisioned(name));
        run.Overlaps.Add(overlap with { HasHiddenSecret = isHidden });
        if (!AppClientDifference.Find(other, _wanted[name]).IsEmpty
            || AppClientSecrecy.FindReplacement(
                _wanted[name], !isHidden || await run.Service.HasSecretAsync(run.UserPoolId, other, cancellationToken).ConfigureAwait(false)) is not null)
        {
            throw OtherSettings(overlap);
        }
    }

    private static CognitoProvisioningException OtherSettings(Overlap overlap) => new(
        ProvisioningError.PlanOutdated,
        $"Another run has created {overlap.What} ({overlap.UsedId}) at the same time, with other settings than the blueprint."
        + (overlap.RemovedId is { } removed ? $" This run has removed the one that it had created ({removed})." : ""),
        overlap.RemovalCommand is { } command ? $"Remove the app client that this run created: {command}. Then plan again." : "Plan again.");
}
