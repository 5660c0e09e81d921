using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Finds a user pool that a person names.</summary>
internal static class UserPoolSearch
{
    /// <summary>The user pool with this id or name. It may have been created in any way.</summary>
    /// <exception cref="CognitoProvisioningException">There is no such user pool, or several have the name.</exception>
    public static async Task<UserPool> GetUserPoolAsync(this IUserPoolService service, string idOrName, ProgressReport progress, CancellationToken cancellationToken)
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
