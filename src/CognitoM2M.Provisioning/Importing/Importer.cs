using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Reads a user pool and describes it as a blueprint does. Changes nothing.</summary>
internal sealed class Importer(IUserPoolService service, ProgressReport progress)
{
    public async Task<ImportedBlueprint> ImportAsync(string idOrName, ImportOptions options, CancellationToken cancellationToken)
    {
        var pool = await FindAsync(idOrName, cancellationToken).ConfigureAwait(false);
        var notes = new ImportNotes();
        return options.AppClients is { } names && !UserPoolOwnership.IsManaged(pool)
            ? await ImportExternalAsync(pool, names, notes, cancellationToken).ConfigureAwait(false)
            : await ImportAllAsync(pool, options, notes, cancellationToken).ConfigureAwait(false);
    }

    private async Task<ImportedBlueprint> ImportAllAsync(UserPool pool, ImportOptions options, ImportNotes notes, CancellationToken cancellationToken)
    {
        var userPool = new UserPoolImport(pool, notes).Create();
        var domain = await new DomainImport(service, userPool, notes, progress).CreateAsync(pool, cancellationToken).ConfigureAwait(false);
        var existing = await service.ListResourceServersAsync(pool.Id!, progress, cancellationToken).ConfigureAwait(false);
        var servers = ResourceServerImport.Create(existing.Values, notes);
        var clients = await new AppClientsImport(service, pool.Id!, isExternal: false, notes, progress)
            .CreateAsync(options.AppClients, servers, domain, cancellationToken)
            .ConfigureAwait(false);

        return new()
        {
            Blueprint = new() { UserPool = userPool, Domain = domain, ResourceServers = servers, AppClients = clients },
            NotInBlueprint = notes.Lines,
            RequiresAdoption = !UserPoolOwnership.IsManaged(pool),
        };
    }

    private async Task<ImportedBlueprint> ImportExternalAsync(UserPool pool, IReadOnlyList<string> names, ImportNotes notes, CancellationToken cancellationToken)
    {
        var userPool = ExternalImport.CreateUserPool(pool, notes);
        UserPoolImport.RequireValid(userPool);
        var domain = ExternalImport.CreateDomain(pool);
        var existing = await service.ListResourceServersAsync(pool.Id!, progress, cancellationToken).ConfigureAwait(false);
        var servers = ExternalImport.CreateResourceServers(existing.Values);
        var clients = await new AppClientsImport(service, pool.Id!, isExternal: true, notes, progress)
            .CreateAsync(names, servers, domain, cancellationToken)
            .ConfigureAwait(false);

        return new()
        {
            Blueprint = new() { UserPool = userPool, Domain = domain, ResourceServers = ExternalImport.TakeUsed(servers, clients), AppClients = clients },
            NotInBlueprint = notes.Lines,
            RequiresAdoption = false,
        };
    }

    private async Task<UserPool> FindAsync(string idOrName, CancellationToken cancellationToken)
    {
        if (CognitoNames.IsUserPoolId(idOrName))
        {
            progress.ReportReading($"user pool {idOrName}");
            // A name can look like an id.
            if (await service.FindUserPoolAsync(idOrName, cancellationToken).ConfigureAwait(false) is { } found)
                return found;
        }

        var ids = await service.FindUserPoolIdsAsync(idOrName, progress, cancellationToken).ConfigureAwait(false);
        return ids.Count switch
        {
            0 => throw new CognitoProvisioningException(
                ProvisioningError.NotFound,
                $"There is no user pool '{OneLine.Show(idOrName)}' in this account and region.",
                "Check the account, the region, and the name or id."),
            1 => await service.DescribeUserPoolAsync(ids[0], cancellationToken).ConfigureAwait(false),
            _ => throw new CognitoProvisioningException(
                ProvisioningError.Ambiguous, $"{ids.Count} user pools are named '{OneLine.Show(idOrName)}': {string.Join(", ", ids)}.", "Give the id of the right one."),
        };
    }
}
