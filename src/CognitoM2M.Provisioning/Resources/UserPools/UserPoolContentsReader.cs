using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Reads what is in a user pool.</summary>
internal sealed class UserPoolContentsReader(IUserPoolService service, ProgressReport progress)
{
    private const int PageSize = 60;

    /// <summary>Up to this number users are counted. Beyond it Cognito's estimate is enough, because the number no longer decides anything.</summary>
    private const int MostCounted = 600;

    /// <summary>Reads what machine-to-machine tokens need: app clients, resource servers and domains. The number of users is Cognito's estimate.</summary>
    public async Task<UserPoolContents> ReadAsync(UserPool pool, CancellationToken cancellationToken)
    {
        var clients = await service.ListAppClientsAsync(pool.Id!, progress, cancellationToken).ConfigureAwait(false);
        var servers = await service.ListResourceServersAsync(pool.Id!, progress, cancellationToken).ConfigureAwait(false);
        return new()
        {
            AppClients = clients,
            ResourceServers = [.. servers.Values],
            Domains = [.. new[] { pool.Domain, pool.CustomDomain }.OfType<string>()],
            IdentityProviders = [],
            Groups = [],
            Users = new(pool.EstimatedNumberOfUsers ?? 0, IsExact: false),
        };
    }

    /// <summary>Reads everything that is lost with the user pool: users, groups and identity providers too.</summary>
    public async Task<UserPoolContents> ReadAllAsync(UserPool pool, CancellationToken cancellationToken) =>
        await ReadAsync(pool, cancellationToken).ConfigureAwait(false) with
        {
            IdentityProviders = await ListIdentityProvidersAsync(pool.Id!, cancellationToken).ConfigureAwait(false),
            Groups = await ListGroupsAsync(pool.Id!, cancellationToken).ConfigureAwait(false),
            Users = await CountUsersAsync(pool, cancellationToken).ConfigureAwait(false),
        };

    /// <summary>The names of all groups.</summary>
    public async Task<IReadOnlyList<string>> ListGroupsAsync(string userPoolId, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            progress.ReportReading("groups", names.Count);
            var page = await service.CallAsync(UserPoolOperations.ListGroups, new(userPoolId, PageSize, next), cancellationToken).ConfigureAwait(false);
            names.AddRange((page.Groups ?? []).Select(group => group.GroupName!));
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return names;
    }

    private async Task<IReadOnlyList<string>> ListIdentityProvidersAsync(string userPoolId, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        string? next = null;
        do
        {
            progress.ReportReading("identity providers", names.Count);
            var page = await service
                .CallAsync(UserPoolOperations.ListIdentityProviders, new(userPoolId, PageSize, next), cancellationToken)
                .ConfigureAwait(false);
            names.AddRange((page.Providers ?? []).Select(provider => provider.ProviderName!));
            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return names;
    }

    // Cognito's estimate lags behind, so it cannot show that there is no user.
    private async Task<UserCount> CountUsersAsync(UserPool pool, CancellationToken cancellationToken)
    {
        var number = 0;
        string? next = null;
        do
        {
            progress.ReportReading("users", number);
            // Only the id of each user is asked for: the number is needed, and personal data is not.
            var page = await service
                .CallAsync(UserPoolOperations.ListUsers, new(pool.Id!, ["sub"], PageSize, next), cancellationToken)
                .ConfigureAwait(false);
            number += page.Users?.Count ?? 0;
            next = page.PaginationToken;
        }
        while (!string.IsNullOrEmpty(next) && number < MostCounted);

        return string.IsNullOrEmpty(next) ? new(number, IsExact: true) : new(Math.Max(number, pool.EstimatedNumberOfUsers ?? 0), IsExact: false);
    }
}
