using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Works out the steps that lead from what exists to a blueprint.</summary>
internal sealed class PlanBuilder(Blueprint blueprint, ExistingSetup? existing, IUserPoolService service, ProgressReport progress, PlanOptions options)
{
    private readonly List<PlannedStep> _userPoolSteps = [];
    private readonly List<PlannedStep> _steps = [];
    private readonly List<string> _unmanaged = [];
    private readonly AppClientDuplicateCheck _look = new(blueprint.AppClients);

    /// <summary>
    /// Builds the plan in the order that Cognito needs: scopes come before the app clients that name them. The domains come right after the
    /// user pool, because only their creation shows for certain that no other account has the name.
    /// </summary>
    public async Task<ProvisioningPlan> BuildAsync(CancellationToken cancellationToken)
    {
        AddUserPool();
        AddResourceServers();
        AddAppClients();
        AddUsers();
        await AddOtherAppClientsAsync(cancellationToken).ConfigureAwait(false);
        AddOtherResourceServers();

        var domains = new DomainPlanner(existing?.Pool.Id, service, progress, options.Prune);
        await domains.PlanAsync(existing?.Pool.Domain, WantedDomain.FindPrefix(blueprint.Domain), cancellationToken).ConfigureAwait(false);
        await domains.PlanAsync(existing?.Pool.CustomDomain, WantedDomain.FindCustom(blueprint.Domain), cancellationToken).ConfigureAwait(false);

        AddDomainRecords(domains.Steps);
        if (blueprint.UserPool.External && !options.Adopt)
            Namesakes.RefuseChanges(blueprint, existing!, _steps);
        return new(blueprint, [.. _userPoolSteps, .. domains.Steps, .. _steps])
        {
            Options = new() { Adopt = options.Adopt, Prune = options.Prune },
            UserPool = existing?.Pool.ToProvisioned(),
            AppClients = existing?.ToProvisionedAppClients() ?? [],
            Unmanaged = [.. _unmanaged, .. domains.Unmanaged],
            CustomDomainTarget = domains.CustomDomainTarget,
        };
    }

    // In a user pool that blueprints have created, every named domain comes from a blueprint. An adopted user pool needs a record.
    private void AddDomainRecords(IReadOnlyList<PlannedStep> domains)
    {
        if (existing is null || UserPoolOwnership.WasCreated(existing.Pool))
            return;

        foreach (var domain in domains.Where(step => step.Step.Action is PlanAction.Create or PlanAction.Replace).Select(step => step.Step.Name))
        {
            var key = domain == blueprint.Domain?.Custom?.Name ? OwnershipTag.CustomDomainKey : OwnershipTag.PrefixDomainKey;
            if (UserPoolOwnership.FindTag(existing.Pool, key) != domain)
                _userPoolSteps.Add(TagUserPool.PlanRecord(existing.Pool, blueprint.UserPool.Name, key, domain));
        }
    }

    private void AddUserPool()
    {
        var wanted = blueprint.UserPool;
        if (existing is null)
        {
            var step = UserPoolDifference.ListSettings(wanted).ToStep(PlanAction.Create, PlannedKind.UserPool, wanted.Name);
            _userPoolSteps.Add(new CreateUserPool(step, wanted));
            return;
        }

        if (wanted.External)
            return;

        SignInSettings.RequireUsernameAttributes(existing.Pool, wanted);
        if (!UserPoolOwnership.IsManaged(existing.Pool))
            _userPoolSteps.Add(TagUserPool.PlanAdoption(existing.Pool, wanted.Name, Namesakes.List(blueprint, existing)));

        if (UserPoolDifference.Find(existing.Pool, wanted) is { IsEmpty: false } update)
            _userPoolSteps.Add(new UpdateUserPool(update.ToStep(PlanAction.Update, PlannedKind.UserPool, wanted.Name), wanted));
    }

    private void AddResourceServers()
    {
        foreach (var wanted in blueprint.ResourceServers.Where(server => !server.External))
        {
            if (existing?.ResourceServers.GetValueOrDefault(wanted.Identifier) is { } server)
            {
                if (ResourceServerDifference.Find(server, wanted) is { IsEmpty: false } update)
                    _steps.Add(new UpdateResourceServer(update.ToStep(PlanAction.Update, PlannedKind.ResourceServer, wanted.Identifier), wanted));
            }
            else
            {
                var create = ResourceServerDifference.ListSettings(wanted);
                _steps.Add(new CreateResourceServer(create.ToStep(PlanAction.Create, PlannedKind.ResourceServer, wanted.Identifier), wanted));
            }
        }
    }

    private void AddAppClients()
    {
        foreach (var wanted in blueprint.AppClients)
        {
            var created = AppClientDifference.ListSettings(wanted);
            if (existing?.AppClients.GetValueOrDefault(wanted.Name) is not { } found)
            {
                // Only an emulator creates an app client with a chosen id. On AWS it would have to exist.
                created.Compare(nameof(UserPoolClient.ClientId), null, wanted.Id);
                _steps.Add(new CreateAppClient(created.ToStep(PlanAction.Create, PlannedKind.AppClient, wanted.Name), wanted, _look));
            }
            else if (AppClientSecrecy.FindReplacement(wanted, found.HasSecret) is { } reason)
            {
                created.AddDestructiveChange(DestructiveChanges.AppClient, $"client id {found.Client.ClientId} is lost, because {reason}");
                _steps.Add(new ReplaceAppClient(created.ToStep(PlanAction.Replace, PlannedKind.AppClient, wanted.Name), wanted, _look, found.Client.ClientId!));
            }
            else if (AppClientDifference.Find(found.Client, wanted) is { IsEmpty: false } update)
            {
                _steps.Add(new UpdateAppClient(update.ToStep(PlanAction.Update, PlannedKind.AppClient, wanted.Name), wanted, found.Client.ClientId!));
            }
        }
    }

    private void AddUsers()
    {
        _steps.AddRange(blueprint.Groups.Where(group => existing?.Groups.Contains(group.Name) != true).Select(CreateGroup.Plan));
        if (AddUserAttributes.Plan(blueprint, UserReader.ListAttributes(existing?.Pool)) is { } attributes)
            _steps.Add(attributes);
        _steps.AddRange(blueprint.Users.Where(user => existing?.Users.Contains(user.Username!) != true).Select(CreateUser.Plan));
    }

    private async Task AddOtherAppClientsAsync(CancellationToken cancellationToken)
    {
        foreach (var other in (existing?.OtherAppClients ?? []).OrderBy(client => client.ClientName, StringComparer.Ordinal).ThenBy(client => client.ClientId, StringComparer.Ordinal))
        {
            if (!options.Prune)
            {
                _unmanaged.Add($"app client '{OneLine.Show(other.ClientName)}' ({OneLine.Show(other.ClientId)})");
                continue;
            }

            // Clients that registered themselves (dynamic client registration) are never deleted: blueprints do not manage them.
            var client = await service.DescribeAppClientAsync(existing!.Pool.Id!, other.ClientId!, cancellationToken).ConfigureAwait(false);
            if (client.ClientType == "DCR")
                continue;

            _steps.Add(DeleteAppClient.Plan(other));
        }
    }

    private void AddOtherResourceServers()
    {
        var wanted = blueprint.ResourceServers.Select(server => server.Identifier);
        foreach (var identifier in (existing?.ResourceServers.Keys ?? []).Except(wanted, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (options.Prune)
                _steps.Add(DeleteResourceServer.Plan(existing!.ResourceServers[identifier], losers: []));
            else
                _unmanaged.Add($"resource server '{OneLine.Show(identifier)}'");
        }
    }
}
