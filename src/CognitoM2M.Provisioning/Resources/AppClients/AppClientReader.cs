using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Reads app clients and their secrets.</summary>
internal static class AppClientReader
{
    /// <summary>How many app clients a page of the list has at most.</summary>
    public const int PageSize = 60;

    public static async Task<UserPoolClient> DescribeAppClientAsync(
        this IUserPoolService service, string userPoolId, string clientId, CancellationToken cancellationToken) =>
        (await service.CallAsync(AppClientOperations.Describe, new(userPoolId, clientId), cancellationToken).ConfigureAwait(false)).UserPoolClient!;

    /// <summary>Whether an app client has a secret. A description alone does not say so: Cognito stops showing the first secret once it was deleted.</summary>
    public static async Task<bool> HasSecretAsync(this IUserPoolService service, string userPoolId, UserPoolClient client, CancellationToken cancellationToken) =>
        !string.IsNullOrEmpty(client.ClientSecret)
        || (await service.ListSecretsAsync(userPoolId, client.ClientId!, cancellationToken).ConfigureAwait(false)).Count > 0;

    /// <summary>All app clients of a user pool.</summary>
    public static async Task<List<UserPoolClientDescription>> ListAppClientsAsync(
        this IUserPoolService service, string userPoolId, ProgressReport progress, CancellationToken cancellationToken)
    {
        var all = new List<UserPoolClientDescription>();
        string? next = null;
        do
        {
            progress.ReportReading("app clients", all.Count);
            var page = await service.CallAsync(AppClientOperations.List, new(userPoolId, PageSize, next), cancellationToken).ConfigureAwait(false);
            all.AddRange(page.UserPoolClients ?? []);
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return all;
    }

    /// <summary>Lists the app clients of a user pool, and sorts them into those that the blueprint names and all others.</summary>
    /// <exception cref="CognitoProvisioningException">Several app clients have a name of the blueprint.</exception>
    public static async Task<FoundAppClients> FindAppClientsAsync(
        this IUserPoolService service, string userPoolId, Blueprint blueprint, ProgressReport progress, CancellationToken cancellationToken)
    {
        var wanted = blueprint.AppClients.ToDictionary(client => client.Name, StringComparer.Ordinal);
        var all = await service.ListAppClientsAsync(userPoolId, progress, cancellationToken).ConfigureAwait(false);
        var isNamed = all.ToLookup(client => wanted.GetValueOrDefault(client.ClientName!)?.Names(client.ClientName, client.ClientId) == true);
        var (named, others) = (isNamed[true].ToList(), isNamed[false].ToList());
        RequireUniqueNames(userPoolId, named);
        return new(userPoolId, named.ToDictionary(client => client.ClientName!, client => client.ClientId!, StringComparer.Ordinal), others);
    }

    /// <summary>The secrets of an app client, the oldest first; empty for a client without a secret, which Cognito may report as an error.</summary>
    public static async Task<IReadOnlyList<ClientSecretDescriptor>> ListSecretsAsync(
        this IUserPoolService service, string userPoolId, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            var secrets = new List<ClientSecretDescriptor>();
            string? next = null;
            do
            {
                var page = await service
                    .CallAsync(AppClientOperations.ListSecrets, new(userPoolId, clientId, next), cancellationToken)
                    .ConfigureAwait(false);
                secrets.AddRange(page.ClientSecrets ?? []);
                next = page.NextToken;
            }
            while (!string.IsNullOrEmpty(next));

            return [.. secrets.OrderBy(secret => secret.ClientSecretCreateDate).ThenBy(secret => secret.ClientSecretId, StringComparer.Ordinal)];
        }
        catch (CognitoProvisioningException e) when (e.ErrorCode == ServiceRefusal.InvalidParameter)
        {
            return [];
        }
    }

    /// <exception cref="CognitoProvisioningException">Several app clients have the same name.</exception>
    public static void RequireUniqueNames(string userPoolId, IReadOnlyList<UserPoolClientDescription> clients)
    {
        if (clients.CountBy(client => client.ClientName!, StringComparer.Ordinal).FirstOrDefault(name => name.Value > 1) is not { Key: { } ambiguous })
            return;

        var ids = clients.Where(client => client.ClientName == ambiguous).Select(client => client.ClientId!).ToList();
        throw new CognitoProvisioningException(
            ProvisioningError.Ambiguous,
            $"Several app clients of user pool {userPoolId} are named '{ambiguous}': {string.Join(", ", ids)}.",
            $"Find out which of these app clients are in use, for example in CloudTrail. Then remove the others. The secrets of a removed app client are lost. The commands that remove an app client: {string.Join("; ", ids.Select(id => RemovalCommand.CreateForAppClient(userPoolId, id)))}.");
    }
}

/// <summary>The app clients of a user pool.</summary>
/// <param name="UserPoolId">The user pool.</param>
/// <param name="Ids">The ids of the app clients that the blueprint names, by name.</param>
/// <param name="Others">The app clients that the blueprint does not name.</param>
internal sealed record FoundAppClients(string UserPoolId, IReadOnlyDictionary<string, string> Ids, IReadOnlyList<UserPoolClientDescription> Others)
{
    /// <summary>The id of an app client that must exist.</summary>
    /// <exception cref="CognitoProvisioningException">There is no such app client.</exception>
    public string GetId(string name) => Ids.GetValueOrDefault(name) ?? throw new CognitoProvisioningException(
        ProvisioningError.NotFound, $"User pool {UserPoolId} has no app client '{name}'.", "Apply the blueprint first.");
}
