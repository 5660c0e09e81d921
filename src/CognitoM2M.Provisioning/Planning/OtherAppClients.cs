using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>The app clients of a user pool that a blueprint does not name. Their settings are read when they are first needed.</summary>
internal sealed class OtherAppClients(
    IUserPoolService service, ProgressReport progress, string userPoolId, IReadOnlyList<UserPoolClientDescription> clients)
{
    private List<UserPoolClient>? _settings;

    /// <summary>The app clients that have scopes of a resource server, in words.</summary>
    public async Task<IReadOnlyList<string>> ListUsersOfAsync(ResourceServer server, CancellationToken cancellationToken)
    {
        var scopes = (server.Scopes ?? []).Select(scope => $"{server.Identifier}/{scope.ScopeName}").ToHashSet(StringComparer.Ordinal);
        if (scopes.Count == 0)
            return [];

        var settings = await ReadAsync(cancellationToken).ConfigureAwait(false);
        return
        [
            .. settings.Where(client => (client.AllowedOAuthScopes ?? []).Any(scopes.Contains))
                .Select(client => $"app client '{OneLine.Show(client.ClientName)}' ({OneLine.Show(client.ClientId)})"),
        ];
    }

    /// <summary>Whether an app client gets tokens for a machine. It may belong to another blueprint.</summary>
    public async Task<bool> HasMachineClientAsync(CancellationToken cancellationToken) =>
        (await ReadAsync(cancellationToken).ConfigureAwait(false)).Exists(AppClientFlows.ServesMachines);

    private async Task<List<UserPoolClient>> ReadAsync(CancellationToken cancellationToken)
    {
        if (_settings is not null)
            return _settings;

        var settings = new List<UserPoolClient>();
        foreach (var client in clients)
        {
            progress.ReportReading($"app client '{client.ClientName}'", settings.Count, clients.Count);
            settings.Add(await service.DescribeAppClientAsync(userPoolId, client.ClientId!, cancellationToken).ConfigureAwait(false));
        }

        return _settings = settings;
    }
}
