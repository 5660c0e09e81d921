using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Makes the requests that create and update a resource server.</summary>
internal static class ResourceServerMerge
{
    public static CreateResourceServerRequest Create(string userPoolId, ResourceServerBlueprint wanted) => new(
        userPoolId,
        wanted.Identifier,
        wanted.Name ?? NameRules.CreateDisplayName(wanted.Identifier),
        [.. wanted.Scopes.Select(scope => Merge(existing: null, scope))]);

    /// <summary>The name and all scopes, whether they change or not. An update replaces both.</summary>
    public static UpdateResourceServerRequest Merge(string userPoolId, ResourceServer server, ResourceServerBlueprint wanted)
    {
        var existing = IndexScopes(server);
        return new()
        {
            UserPoolId = userPoolId,
            Identifier = wanted.Identifier,
            Name = wanted.Name ?? server.Name ?? NameRules.CreateDisplayName(wanted.Identifier),
            Scopes = [.. wanted.Scopes.Select(scope => Merge(existing.GetValueOrDefault(scope.Name), scope))],
            OtherMembers = server.OtherMembers?.Where(member => member.Key != "UserPoolId").ToDictionary(StringComparer.Ordinal),
        };
    }

    public static Dictionary<string, ResourceServerScope> IndexScopes(ResourceServer server) =>
        (server.Scopes ?? []).ToDictionary(scope => scope.ScopeName!, StringComparer.Ordinal);

    private static ResourceServerScope Merge(ResourceServerScope? existing, ScopeBlueprint wanted) =>
        (existing ?? new ResourceServerScope { ScopeName = wanted.Name }) with
        {
            ScopeDescription = wanted.Description ?? existing?.ScopeDescription ?? wanted.Name,
        };
}
