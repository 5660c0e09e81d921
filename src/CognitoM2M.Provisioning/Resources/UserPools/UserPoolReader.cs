using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Reads user pools.</summary>
internal static class UserPoolReader
{
    private const int PageSize = 60;

    /// <summary>Reads a user pool that must exist.</summary>
    public static async Task<UserPool> DescribeUserPoolAsync(this IUserPoolService service, string id, CancellationToken cancellationToken) =>
        (await service.CallAsync(UserPoolOperations.Describe, new(id), cancellationToken).ConfigureAwait(false)).UserPool!;

    /// <summary>Reads a user pool; null if there is none with this id.</summary>
    public static async Task<UserPool?> FindUserPoolAsync(this IUserPoolService service, string id, CancellationToken cancellationToken)
    {
        try
        {
            return await service.DescribeUserPoolAsync(id, cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            return null;
        }
    }

    /// <summary>The ids of all user pools with this name. Cognito cannot search by name, so every page is read.</summary>
    public static async Task<IReadOnlyList<string>> FindUserPoolIdsAsync(
        this IUserPoolService service, string name, ProgressReport progress, CancellationToken cancellationToken)
    {
        var ids = new List<string>();
        var seen = 0;
        string? next = null;
        do
        {
            progress.ReportReading(seen == 0 ? "user pools" : $"user pools, {seen} so far");
            var page = await service.CallAsync(UserPoolOperations.List, new(PageSize, next), cancellationToken).ConfigureAwait(false);
            foreach (var pool in page.UserPools ?? [])
            {
                seen++;
                if (pool.Name == name)
                    ids.Add(pool.Id!);
            }

            next = page.NextToken;
        }
        while (!string.IsNullOrEmpty(next));

        return ids;
    }
}
