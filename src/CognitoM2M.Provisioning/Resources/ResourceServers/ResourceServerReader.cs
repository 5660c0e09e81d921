using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Reads resource servers.</summary>
internal static class ResourceServerReader
{
    private const int PageSize = 50;

    /// <summary>The resource servers of a user pool by identifier, without those that Cognito itself manages.</summary>
    public static async Task<Dictionary<string, ResourceServer>> ListResourceServersAsync(
        this IUserPoolService service, string userPoolId, ProgressReport progress, CancellationToken cancellationToken)
    {
        var servers = new Dictionary<string, ResourceServer>(StringComparer.Ordinal);
        string? next = null;
        do
        {
            progress.ReportReading("resource servers", servers.Count);
            var page = await service.CallAsync(ResourceServerOperations.List, new(userPoolId, PageSize, next), cancellationToken).ConfigureAwait(false);
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
}
