using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Reads what exists of a blueprint, with as few requests as show every difference.</summary>
internal sealed class SetupReader(ICognitoUserPoolApi api, ProgressReport progress)
{
    private const int ResourceServerPageSize = 50;
    private const int AppClientPageSize = 60;

    public async Task<ExistingSetup> ReadAsync(UserPool pool, Blueprint blueprint, CancellationToken cancellationToken)
    {
        var servers = await ResourceServersAsync(pool.Id!, cancellationToken).ConfigureAwait(false);
        var (named, others) = await FindAppClientsAsync(pool.Id!, blueprint, cancellationToken).ConfigureAwait(false);

        var clients = new Dictionary<string, ExistingAppClient>(StringComparer.Ordinal);
        foreach (var (name, clientId) in named)
        {
            progress.Read($"app client '{name}'", clients.Count, named.Count);
            clients.Add(name, await AppClientAsync(pool.Id!, clientId, cancellationToken).ConfigureAwait(false));
        }

        return new() { Pool = pool, ResourceServers = servers, AppClients = clients, OtherAppClients = others };
    }

    /// <summary>The ids of the app clients that the blueprint names, by name, and the app clients that it does not name.</summary>
    public async Task<(Dictionary<string, string> Named, List<UserPoolClientDescription> Others)> FindAppClientsAsync(
        string userPoolId, Blueprint blueprint, CancellationToken cancellationToken)
    {
        var wanted = blueprint.AppClients.Select(client => client.Name).ToHashSet(StringComparer.Ordinal);
        var named = new List<UserPoolClientDescription>();
        var others = new List<UserPoolClientDescription>();
        string? next = null;
        do
        {
            progress.Read("app clients", named.Count + others.Count, 0);
            var page = await api.ListUserPoolClientsAsync(new(userPoolId, AppClientPageSize, next), cancellationToken).ConfigureAwait(false);
            foreach (var client in page.UserPoolClients ?? [])
                (wanted.Contains(client.ClientName!) ? named : others).Add(client);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        if (named.CountBy(client => client.ClientName!, StringComparer.Ordinal).FirstOrDefault(name => name.Value > 1) is { Key: { } ambiguous })
        {
            var ids = named.Where(client => client.ClientName == ambiguous).Select(client => client.ClientId);
            throw new CognitoProvisioningException(
                ProvisioningError.Ambiguous,
                $"Several app clients of user pool {userPoolId} are named '{ambiguous}': {string.Join(", ", ids)}.",
                "Delete or rename all but the one that is meant.");
        }

        return (named.ToDictionary(client => client.ClientName!, client => client.ClientId!, StringComparer.Ordinal), others);
    }

    /// <summary>A domain; null if there is none of that name.</summary>
    public async Task<DomainDescription?> DomainAsync(string name, CancellationToken cancellationToken)
    {
        progress.Read($"domain '{name}'");
        return await api.FindDomainAsync(name, cancellationToken).ConfigureAwait(false);
    }

    public async Task<UserPoolClient> DescribeAppClientAsync(string userPoolId, string clientId, CancellationToken cancellationToken) =>
        (await api.DescribeUserPoolClientAsync(new(userPoolId, clientId), cancellationToken).ConfigureAwait(false)).UserPoolClient!;

    private async Task<Dictionary<string, ResourceServer>> ResourceServersAsync(string userPoolId, CancellationToken cancellationToken)
    {
        var servers = new Dictionary<string, ResourceServer>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            progress.Read("resource servers", servers.Count, 0);
            var page = await api.ListResourceServersAsync(new(userPoolId, ResourceServerPageSize, next), cancellationToken).ConfigureAwait(false);
            foreach (var server in page.ResourceServers ?? [])
            {
                if (server.ManagedBy is null)
                    servers[server.Identifier!] = server;
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return servers;
    }

    private async Task<ExistingAppClient> AppClientAsync(string userPoolId, string clientId, CancellationToken cancellationToken)
    {
        var client = await DescribeAppClientAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false);
        var hasSecret = !string.IsNullOrEmpty(client.ClientSecret)
            || (await api.ListSecretsAsync(userPoolId, clientId, cancellationToken).ConfigureAwait(false)).Count > 0;
        return new(client, hasSecret);
    }
}
