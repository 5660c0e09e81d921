using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>
/// Works out the steps that delete what a blueprint names. The user pool goes only if it was created from a blueprint and nothing else is in
/// it, or if the caller allows the loss of everything.
/// </summary>
internal sealed class DestroyPlanBuilder(
    Blueprint blueprint, UserPool pool, IUserPoolService service, ProgressReport progress, DestroyOptions options)
{
    private readonly List<PlannedStep> _steps = [];
    private readonly List<string> _staying = [];

    public async Task<ProvisioningPlan> BuildAsync(CancellationToken cancellationToken)
    {
        var reader = new UserPoolContentsReader(service, progress);
        var mayDeleteUserPool = !blueprint.UserPool.External && (options.AllowWholeUserPool || UserPoolOwnership.WasCreated(pool));
        var contents = mayDeleteUserPool
            ? await reader.ReadAllAsync(pool, cancellationToken).ConfigureAwait(false)
            : await reader.ReadAsync(pool, cancellationToken).ConfigureAwait(false);
        var users = await service.FindUsersAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false);
        var foreign = contents.Without(blueprint, users.Count);

        var deletesUserPool = mayDeleteUserPool && (options.AllowWholeUserPool || foreign.IsEmpty);
        if (deletesUserPool)
            AddUserPool(contents, foreign);
        else
            await AddOwnPartAsync(contents, foreign, users, cancellationToken).ConfigureAwait(false);

        if (_steps.Count > 0 && !blueprint.UserPool.External && !options.AllowUntaggedUserPool && !UserPoolOwnership.IsManaged(pool))
            throw UserPoolFinder.RefuseUntagged([pool], AdoptionAdvice.ForDestroying);
        if (blueprint.UserPool.External && !options.AllowUntaggedUserPool)
            Namesakes.RefuseDeletions(blueprint, pool.Id!, contents, foreign);

        return new(blueprint, _steps)
        {
            IsDestroying = true,
            UserPool = pool.ToProvisioned(),
            Staying = _staying,
            Unmanaged = deletesUserPool ? [] : foreign.ListLines(),
        };
    }

    // The domains go first, because Cognito does not delete a user pool that has a domain. Everything else is deleted together with the user pool.
    private void AddUserPool(UserPoolContents contents, UserPoolContents foreign)
    {
        var isProtected = UserPoolDifference.IsProtected(pool);
        if (isProtected && !options.OverrideDeletionProtection)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.DeletionProtected,
                $"The user pool {pool.Id} is protected from deletion.",
                "Add --override-deletion-protection to destroy (in C#: DestroyOptions.OverrideDeletionProtection), or switch the protection off.");
        }

        _steps.AddRange(contents.Domains.Select(DeleteDomain.Plan));
        if (isProtected)
        {
            var unprotection = new Difference();
            unprotection.Compare(nameof(pool.DeletionProtection), UserPoolDifference.Active, UserPoolDifference.Inactive);
            _steps.Add(new UnprotectUserPool(unprotection.ToStep(PlanAction.Update, PlannedKind.UserPool, pool.Name!)));
        }

        var deletion = new Difference();
        deletion.Compare(nameof(pool.Id), pool.Id, null);
        foreach (var (kind, name) in contents.Describe())
            deletion.Compare(kind, name, null);
        deletion.AddDestructiveChange(
            DestructiveChanges.UserPool,
            foreign.IsEmpty
                ? "everything in the user pool is deleted with it"
                : $"everything in the user pool is deleted with it, also what the blueprint does not name: {foreign.Summarize()}");
        _steps.Add(new DeleteUserPool(deletion.ToStep(PlanAction.Delete, PlannedKind.UserPool, pool.Name!), contents));
        if (_steps.Count > 1)
            _steps[0] = new CheckedFirstStep(_steps[0], contents);
    }

    /// <summary>Adds the deletion of what the blueprint names, and leaves the user pool.</summary>
    private async Task AddOwnPartAsync(UserPoolContents contents, UserPoolContents foreign, IReadOnlySet<string> users, CancellationToken cancellationToken)
    {
        await AddUsersAsync(users, cancellationToken).ConfigureAwait(false);
        var clients = contents.AppClients.Except(foreign.AppClients).ToList();
        AppClientReader.RequireUniqueNames(pool.Id!, clients);
        _steps.AddRange(clients.Select(DeleteAppClient.Plan));

        var servers = contents.ResourceServers.Except(foreign.ResourceServers).ToList();
        var others = new OtherAppClients(service, progress, pool.Id!, foreign.AppClients);
        foreach (var server in servers)
            _steps.Add(DeleteResourceServer.Plan(server, await others.ListUsersOfAsync(server, cancellationToken).ConfigureAwait(false)));

        foreach (var domain in contents.Domains.Except(foreign.Domains, StringComparer.Ordinal))
            AddDomain(domain, foreign);

        if (UserPoolOwnership.FindTag(pool, OwnershipTag.Key) == OwnershipTag.Adopted && !blueprint.UserPool.External)
            await AddReleaseAsync(foreign, others, cancellationToken).ConfigureAwait(false);

        _staying.Add($"user pool '{OneLine.Show(pool.Name)}' ({pool.Id}): {ExplainUserPool(foreign)}");
    }

    private async Task AddUsersAsync(IReadOnlySet<string> users, CancellationToken cancellationToken)
    {
        var groups = await service.FindGroupsAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false);
        _steps.AddRange(blueprint.Users.Where(user => users.Contains(user.Username!)).Select(user => DeleteUser.Plan(user.Username!)));
        _steps.AddRange(blueprint.Groups.Where(group => groups.Contains(group.Name)).Select(group => DeleteGroup.Plan(group.Name)));
    }

    private void AddDomain(string domain, UserPoolContents foreign)
    {
        if (!UserPoolOwnership.WasDomainCreated(pool, domain))
            _staying.Add($"domain '{OneLine.Show(domain)}': it was not created from a blueprint");
        else if (foreign.AppClients.Count > 0)
            _staying.Add($"domain '{OneLine.Show(domain)}': app clients that the blueprint does not name may need it");
        else
            _steps.Add(DeleteDomain.Plan(domain));
    }

    /// <summary>
    /// Adds the removal of this library's tags from an adopted user pool. The tag stays if another blueprint may use the user pool, because
    /// that blueprint could no longer be applied without it.
    /// </summary>
    private async Task AddReleaseAsync(UserPoolContents foreign, OtherAppClients others, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        if (foreign.ResourceServers.Count == 0 && !await others.HasMachineClientAsync(cancellationToken).ConfigureAwait(false))
            keys.Add(OwnershipTag.Key);

        var deleted = _steps.Where(step => step.Step.Kind == PlannedKind.Domain).Select(step => step.Step.Name).ToHashSet(StringComparer.Ordinal);
        keys.AddRange(new[] { (OwnershipTag.PrefixDomainKey, pool.Domain), (OwnershipTag.CustomDomainKey, pool.CustomDomain) }
            .Where(tag => UserPoolOwnership.FindTag(pool, tag.Item1) is { } recorded && (recorded != tag.Item2 || deleted.Contains(recorded)))
            .Select(tag => tag.Item1));
        if (keys.Count > 0)
            _steps.Add(UntagUserPool.Plan(pool, keys));
    }

    private string ExplainUserPool(UserPoolContents foreign)
    {
        var origin = blueprint.UserPool.External ? "the blueprint calls it external"
            : UserPoolOwnership.WasCreated(pool) ? null
            : "it was not created from a blueprint";
        var things = foreign.IsEmpty ? null : $"it has what the blueprint does not name: {foreign.Summarize()}";
        return string.Join("; ", new[] { origin, things }.OfType<string>());
    }
}
