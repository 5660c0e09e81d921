using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Works out the steps that lead from what exists to a blueprint.</summary>
internal sealed class PlanBuilder(Blueprint blueprint, ExistingSetup? existing, SetupReader reader, PlanOptions options)
{
    private readonly List<PlannedAction> _actions = [];
    private readonly List<string> _unmanaged = [];
    private string? _customDomainTarget;

    /// <summary>In Cognito's order: scopes before the app clients that name them, the domain last.</summary>
    public async Task<ProvisioningPlan> BuildAsync(CancellationToken cancellationToken)
    {
        AddUserPool();
        AddResourceServers();
        AddAppClients();
        await AddOtherAppClientsAsync(cancellationToken).ConfigureAwait(false);
        AddOtherResourceServers();
        await AddDomainAsync(existing?.Pool.Domain, blueprint.Domain?.Prefix, null, cancellationToken).ConfigureAwait(false);
        await AddDomainAsync(existing?.Pool.CustomDomain, blueprint.Domain?.Custom?.Name, blueprint.Domain?.Custom?.CertificateArn, cancellationToken)
            .ConfigureAwait(false);

        return new(blueprint, _actions) { Existing = existing, Unmanaged = _unmanaged, CustomDomainTarget = _customDomainTarget };
    }

    private void AddUserPool()
    {
        var wanted = blueprint.UserPool;
        if (existing is null)
        {
            var step = UpdateUserPool.Changes(new UserPool(), wanted).ToStep(PlanAction.Create, PlannedKind.UserPool, wanted.Name);
            _actions.Add(new CreateUserPool(step, wanted));
            return;
        }

        if (!UserPoolChanges.IsOwned(existing.Pool))
        {
            var changes = new Changes();
            changes.Compare($"tag {OwnershipTag.Key}", existing.Pool.UserPoolTags?.GetValueOrDefault(OwnershipTag.Key), OwnershipTag.Value);
            _actions.Add(new AdoptUserPool(changes.ToStep(PlanAction.Adopt, PlannedKind.UserPool, wanted.Name)));
        }

        if (UpdateUserPool.Changes(existing.Pool, wanted) is { Any: true } update)
            _actions.Add(new UpdateUserPool(update.ToStep(PlanAction.Update, PlannedKind.UserPool, wanted.Name), wanted));
    }

    private void AddResourceServers()
    {
        foreach (var wanted in blueprint.ResourceServers)
        {
            if (existing?.ResourceServers.GetValueOrDefault(wanted.Identifier) is { } server)
            {
                if (ResourceServerChanges.Between(server, wanted) is { Any: true } update)
                    _actions.Add(new UpdateResourceServer(update.ToStep(PlanAction.Update, PlannedKind.ResourceServer, wanted.Identifier), wanted));
            }
            else
            {
                var create = ResourceServerChanges.Between(new ResourceServer { Identifier = wanted.Identifier }, wanted);
                _actions.Add(new CreateResourceServer(create.ToStep(PlanAction.Create, PlannedKind.ResourceServer, wanted.Identifier), wanted));
            }
        }
    }

    private void AddAppClients()
    {
        foreach (var wanted in blueprint.AppClients)
        {
            var created = AppClientChanges.Between(new UserPoolClient(), wanted);
            if (existing?.AppClients.GetValueOrDefault(wanted.Name) is not { } found)
            {
                _actions.Add(new CreateAppClient(created.ToStep(PlanAction.Create, PlannedKind.AppClient, wanted.Name), wanted));
            }
            else if (!found.HasSecret)
            {
                created.Lose(ProvisioningLosses.AppClient, $"client id {found.Client.ClientId} is lost, because a client without a secret cannot be given one");
                _actions.Add(new ReplaceAppClient(created.ToStep(PlanAction.Replace, PlannedKind.AppClient, wanted.Name), wanted, found.Client.ClientId!));
            }
            else if (AppClientChanges.Between(found.Client, wanted) is { Any: true } update)
            {
                _actions.Add(new UpdateAppClient(update.ToStep(PlanAction.Update, PlannedKind.AppClient, wanted.Name), wanted, found.Client.ClientId!));
            }
        }
    }

    private async Task AddOtherAppClientsAsync(CancellationToken cancellationToken)
    {
        foreach (var other in existing?.OtherAppClients ?? [])
        {
            if (!options.Prune)
            {
                _unmanaged.Add($"app client '{other.ClientName}' ({other.ClientId})");
                continue;
            }

            var client = await reader.DescribeAppClientAsync(existing!.Pool.Id!, other.ClientId!, cancellationToken).ConfigureAwait(false);
            if (client.ClientType == "DCR")
                continue;

            var changes = new Changes();
            changes.Compare(nameof(client.ClientId), other.ClientId, null);
            changes.Lose(ProvisioningLosses.AppClient, $"client id {other.ClientId} is lost");
            _actions.Add(new DeleteAppClient(changes.ToStep(PlanAction.Delete, PlannedKind.AppClient, other.ClientName!), other.ClientId!));
        }
    }

    private void AddOtherResourceServers()
    {
        var wanted = blueprint.ResourceServers.Select(server => server.Identifier);
        foreach (var identifier in (existing?.ResourceServers.Keys ?? []).Except(wanted, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            if (!options.Prune)
            {
                _unmanaged.Add($"resource server '{identifier}'");
                continue;
            }

            var nothing = new ResourceServerBlueprint { Identifier = identifier };
            var changes = ResourceServerChanges.Between(existing!.ResourceServers[identifier], nothing);
            _actions.Add(new DeleteResourceServer(changes.ToStep(PlanAction.Delete, PlannedKind.ResourceServer, identifier)));
        }
    }

    private async Task AddDomainAsync(string? current, string? wanted, string? certificateArn, CancellationToken cancellationToken)
    {
        if (wanted is null)
        {
            if (current is not null)
                AddOtherDomain(current);
            return;
        }

        // That a prefix is there is all there is to know about it.
        if (current == wanted && certificateArn is null)
            return;

        var found = await reader.DomainAsync(wanted, cancellationToken).ConfigureAwait(false);
        if (found is not null && found.UserPoolId != existing?.Pool.Id)
            throw Taken(wanted, found.UserPoolId);

        var isBeingDeleted = found is not null && DomainRemoval.IsBeingDeleted(found);
        if (found is not null && !isBeingDeleted)
            AddCertificate(found, certificateArn);
        else
            AddNewDomain(current == wanted ? null : current, wanted, certificateArn, isBeingDeleted);
    }

    private void AddCertificate(DomainDescription found, string? certificateArn)
    {
        if (certificateArn is null)
            return;

        _customDomainTarget = found.CloudFrontDistribution;
        if (UpdateDomain.Changes(found, certificateArn) is { Any: true } update)
            _actions.Add(new UpdateDomain(update.ToStep(PlanAction.Update, PlannedKind.Domain, found.Domain!), certificateArn));
    }

    private void AddNewDomain(string? current, string wanted, string? certificateArn, bool isBeingDeleted)
    {
        var changes = new Changes();
        changes.Compare("Domain", current, wanted);
        changes.Compare(nameof(CustomDomainConfig.CertificateArn), null, certificateArn);
        if (current is null)
        {
            _actions.Add(new CreateDomain(changes.ToStep(PlanAction.Create, PlannedKind.Domain, wanted), certificateArn, isBeingDeleted));
        }
        else
        {
            changes.Lose(ProvisioningLosses.Domain, LostDomain(current));
            _actions.Add(new ReplaceDomain(changes.ToStep(PlanAction.Replace, PlannedKind.Domain, wanted), current, certificateArn, isBeingDeleted));
        }
    }

    private void AddOtherDomain(string current)
    {
        if (options.Prune)
            _actions.Add(Delete(current));
        else
            _unmanaged.Add($"domain '{current}'");
    }

    /// <summary>The step that deletes a domain.</summary>
    public static DeleteDomain Delete(string domain)
    {
        var changes = new Changes();
        changes.Compare("Domain", domain, null);
        changes.Lose(ProvisioningLosses.Domain, LostDomain(domain));
        return new(changes.ToStep(PlanAction.Delete, PlannedKind.Domain, domain));
    }

    private static string LostDomain(string domain) => $"the token endpoint of domain '{domain}' stops answering";

    private static CognitoProvisioningException Taken(string domain, string? userPoolId) => new(
        ProvisioningError.DomainTaken, $"The domain '{domain}' belongs to user pool {userPoolId}.", "Choose another, or delete that one first.");
}
