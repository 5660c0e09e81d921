using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Reads a user pool and describes it as a blueprint does. Changes nothing.</summary>
internal sealed class Importer(IUserPoolService service, ProgressReport progress)
{
    public async Task<ImportedBlueprint> ImportAsync(string idOrName, ImportOptions options, CancellationToken cancellationToken)
    {
        var pool = await service.GetUserPoolAsync(idOrName, progress, cancellationToken).ConfigureAwait(false);
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
}
