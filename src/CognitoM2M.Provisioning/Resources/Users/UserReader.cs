using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Resources.Users;

/// <summary>Finds out which users and groups of a blueprint exist.</summary>
internal static class UserReader
{
    private const string Schema = "SchemaAttributes";

    /// <summary>The names of the users of the blueprint that exist.</summary>
    public static async Task<IReadOnlySet<string>> FindUsersAsync(
        this IUserPoolService service, string userPoolId, Blueprint blueprint, ProgressReport progress, CancellationToken cancellationToken)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < blueprint.Users.Count; i++)
        {
            var name = blueprint.Users[i].Username!;
            progress.ReportReading($"user '{name}'", i, blueprint.Users.Count);
            if (await ExistsAsync(service, userPoolId, name, cancellationToken).ConfigureAwait(false))
                found.Add(name);
        }

        return found;
    }

    /// <summary>The names of all groups of the user pool; empty if the blueprint has none.</summary>
    public static async Task<IReadOnlySet<string>> FindGroupsAsync(
        this IUserPoolService service, string userPoolId, Blueprint blueprint, ProgressReport progress, CancellationToken cancellationToken) =>
        blueprint.Groups.Count == 0
            ? new HashSet<string>(StringComparer.Ordinal)
            : (await new UserPoolContentsReader(service, progress).ListGroupsAsync(userPoolId, cancellationToken).ConfigureAwait(false)).ToHashSet(StringComparer.Ordinal);

    /// <summary>The names of the attributes that users of the pool can have; empty if the pool does not exist.</summary>
    public static IReadOnlySet<string> ListAttributes(UserPool? pool) =>
        pool?.OtherMembers?.TryGetValue(Schema, out var schema) == true
            ? schema.EnumerateArray().Select(attribute => attribute.GetProperty("Name").GetString()!).ToHashSet(StringComparer.Ordinal)
            : new HashSet<string>(StringComparer.Ordinal);

    private static async Task<bool> ExistsAsync(IUserPoolService service, string userPoolId, string name, CancellationToken cancellationToken)
    {
        try
        {
            await service.CallAsync(UserOperations.Get, new(userPoolId, name), cancellationToken).ConfigureAwait(false);
            return true;
        }
        catch (CognitoProvisioningException e) when (e.ErrorCode == ServiceRefusal.UserNotFound)
        {
            return false;
        }
    }
}
