using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Resources.Users;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Reads the resources of a blueprint that exist, with as few requests as are needed to find every difference.</summary>
internal sealed class SetupReader(IUserPoolService service, ProgressReport progress)
{
    public async Task<ExistingSetup> ReadAsync(UserPool pool, Blueprint blueprint, CancellationToken cancellationToken)
    {
        var servers = await service.ListResourceServersAsync(pool.Id!, progress, cancellationToken).ConfigureAwait(false);
        var found = await service.FindAppClientsAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false);

        var clients = new Dictionary<string, ExistingAppClient>(StringComparer.Ordinal);
        foreach (var (name, clientId) in found.Ids)
        {
            progress.ReportReading($"app client '{name}'", clients.Count, found.Ids.Count);
            var wanted = blueprint.AppClients.First(client => client.Name == name);
            clients.Add(name, await ReadAppClientAsync(pool.Id!, clientId, wanted, cancellationToken).ConfigureAwait(false));
        }

        return new()
        {
            Pool = pool,
            ResourceServers = servers,
            AppClients = clients,
            OtherAppClients = found.Others,
            Users = await service.FindUsersAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false),
            Groups = await service.FindGroupsAsync(pool.Id!, blueprint, progress, cancellationToken).ConfigureAwait(false),
        };
    }

    private async Task<ExistingAppClient> ReadAppClientAsync(string userPoolId, string clientId, AppClientBlueprint wanted, CancellationToken cancellationToken)
    {
        var client = await service.DescribeAppClientAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false);
        return AppClientSecrecy.MayBeEither(wanted)
            ? new(client, !string.IsNullOrEmpty(client.ClientSecret))
            : new(client, await service.HasSecretAsync(userPoolId, client, cancellationToken).ConfigureAwait(false));
    }
}
