using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
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
    private readonly AppClientLook _look = new(blueprint.AppClients);

    /// <summary>
    /// Builds the plan in the order that Cognito needs: scopes come before the app clients that name them. The domains come right after the
    /// user pool, because only their creation shows for certain that no other account has the name.
    /// </summary>
    public async Task<ProvisioningPlan> BuildAsync(CancellationToken cancellationToken)
    {
        AddUserPool();
        AddResourceServers();
        AddAppClients();
        await AddOtherAppClientsAsync(cancellationToken).ConfigureAwait(false);
        AddOtherResourceServers();

        var domains = new DomainPlanner(existing?.Pool.Id, service, progress, options.Prune);
        await domains.PlanAsync(existing?.Pool.Domain, WantedDomain.FindPrefix(blueprint.Domain), cancellationToken).ConfigureAwait(false);
        await domains.PlanAsync(existing?.Pool.CustomDomain, WantedDomain.FindCustom(blueprint.Domain), cancellationToken).ConfigureAwait(false);

        return new(blueprint, [.. _userPoolSteps, .. domains.Steps, .. _steps])
        {
            Options = new() { Adopt = options.Adopt, Prune = options.Prune },
            UserPool = existing?.Pool.ToProvisioned(),
            AppClients = existing?.ToProvisionedAppClients() ?? [],
            Unmanaged = [.. _unmanaged, .. domains.Unmanaged],
            CustomDomainTarget = domains.CustomDomainTarget,
        };
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

        if (!UserPoolDifference.HasOwnershipTag(existing.Pool))
        {
            var difference = new Difference();
            difference.Compare($"tag {OwnershipTag.Key}", existing.Pool.UserPoolTags?.GetValueOrDefault(OwnershipTag.Key), OwnershipTag.Value);
            _userPoolSteps.Add(new AdoptUserPool(difference.ToStep(PlanAction.Adopt, PlannedKind.UserPool, wanted.Name), existing.Pool.Arn!));
        }

        if (UserPoolDifference.Find(existing.Pool, wanted) is { IsEmpty: false } update)
            _userPoolSteps.Add(new UpdateUserPool(update.ToStep(PlanAction.Update, PlannedKind.UserPool, wanted.Name), wanted));
    }

    private void AddResourceServers()
    {
        foreach (var wanted in blueprint.ResourceServers)
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
                _steps.Add(new CreateAppClient(created.ToStep(PlanAction.Create, PlannedKind.AppClient, wanted.Name), wanted, _look));
            }
            else if (!found.HasSecret)
            {
                created.AddDestructiveChange(
                    DestructiveChanges.AppClient, $"client id {found.Client.ClientId} is lost, because Cognito cannot add a secret to a client without one");
                _steps.Add(new ReplaceAppClient(created.ToStep(PlanAction.Replace, PlannedKind.AppClient, wanted.Name), wanted, _look, found.Client.ClientId!));
            }
            else if (AppClientDifference.Find(found.Client, wanted) is { IsEmpty: false } update)
            {
                _steps.Add(new UpdateAppClient(update.ToStep(PlanAction.Update, PlannedKind.AppClient, wanted.Name), wanted, found.Client.ClientId!));
            }
        }
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

            var difference = new Difference();
            difference.Compare(nameof(client.ClientId), other.ClientId, null);
            difference.AddDestructiveChange(DestructiveChanges.AppClient, $"client id {other.ClientId} is lost");
            _steps.Add(new DeleteAppClient(difference.ToStep(PlanAction.Delete, PlannedKind.AppClient, other.ClientName!), other.ClientId!));
        }
    }

    private void AddOtherResourceServers()
    {
        var wanted = blueprint.ResourceServers.Select(server => server.Identifier);
        foreach (var identifier in (existing?.ResourceServers.Keys ?? []).Except(wanted, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!options.Prune)
            {
                _unmanaged.Add($"resource server '{OneLine.Show(identifier)}'");
                continue;
            }

            var withoutScopes = new ResourceServerBlueprint { Identifier = identifier };
            var difference = ResourceServerDifference.Find(existing!.ResourceServers[identifier], withoutScopes);
            _steps.Add(new DeleteResourceServer(difference.ToStep(PlanAction.Delete, PlannedKind.ResourceServer, identifier)));
        }
    }
}
