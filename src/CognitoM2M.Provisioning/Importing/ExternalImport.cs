using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>
/// Describes a user pool of others, of which a blueprint takes some app clients only. The user pool, its domains and its resource servers are
/// external then: the owner of some app clients must not take over the rest.
/// </summary>
internal static class ExternalImport
{
    public static UserPoolBlueprint CreateUserPool(UserPool pool, ImportNotes notes)
    {
        notes.Add("user pool", $"it has no tag '{OwnershipTag.Key}', so it is external in the blueprint, with its domains and resource servers");
        return new() { Name = pool.Name!, Id = pool.Id, External = true };
    }

    /// <returns>Null if the user pool has no domain.</returns>
    public static DomainBlueprint? CreateDomain(UserPool pool) => pool.Domain is null && pool.CustomDomain is null ? null : new()
    {
        Prefix = pool.Domain,
        Custom = pool.CustomDomain is { } name ? new() { Name = name } : null,
    };

    /// <summary>The resource servers, sorted by identifier. Their scopes need not be named.</summary>
    public static IReadOnlyList<ResourceServerBlueprint> CreateResourceServers(IEnumerable<ResourceServer> existing) =>
        [.. existing.Select(server => new ResourceServerBlueprint { Identifier = server.Identifier!, External = true }).OrderBy(server => server.Identifier, StringComparer.Ordinal)];

    /// <summary>The resource servers that the app clients use.</summary>
    public static IReadOnlyList<ResourceServerBlueprint> TakeUsed(IReadOnlyList<ResourceServerBlueprint> servers, IReadOnlyList<AppClientBlueprint> clients)
    {
        var scopes = clients.SelectMany(client => client.Scopes).ToList();
        return [.. servers.Where(server => scopes.Exists(server.Owns))];
    }
}
