using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>What a resource server needs in order to be as its blueprint says.</summary>
internal static class ResourceServerChanges
{
    public static Changes Between(ResourceServer server, ResourceServerBlueprint wanted)
    {
        var changes = new Changes();
        changes.Compare(nameof(ResourceServer.Name), server.Name, wanted.Name ?? server.Name);

        var existing = ByName(server);
        foreach (var scope in wanted.Scopes)
        {
            var before = existing.GetValueOrDefault(scope.Name)?.ScopeDescription;
            changes.Compare($"scope {scope.Name}", before, scope.Description ?? before ?? scope.Name);
        }

        var removed = existing.Keys.Except(wanted.Scopes.Select(scope => scope.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        foreach (var scope in removed)
            changes.Compare($"scope {scope}", existing[scope].ScopeDescription ?? scope, null);
        if (removed.Count > 0)
            changes.Lose(ProvisioningLosses.Scope, $"tokens lose {string.Join(", ", removed.Select(scope => $"{server.Identifier}/{scope}"))}");

        return changes;
    }

    public static CreateResourceServerRequest Create(string userPoolId, ResourceServerBlueprint wanted) => new(
        userPoolId,
        wanted.Identifier,
        wanted.Name ?? NameRules.DisplayNameFrom(wanted.Identifier),
        [.. wanted.Scopes.Select(scope => new ResourceServerScope { ScopeName = scope.Name, ScopeDescription = scope.Description ?? scope.Name })]);

    /// <summary>All scopes and the name, changed or not: an update replaces both.</summary>
    public static UpdateResourceServerRequest Merge(string userPoolId, ResourceServer server, ResourceServerBlueprint wanted)
    {
        var existing = ByName(server);
        return new()
        {
            UserPoolId = userPoolId,
            Identifier = wanted.Identifier,
            Name = wanted.Name ?? server.Name ?? NameRules.DisplayNameFrom(wanted.Identifier),
            Scopes = [.. wanted.Scopes.Select(scope => Merge(existing.GetValueOrDefault(scope.Name), scope))],
            OtherMembers = server.OtherMembers?.Where(member => member.Key != "UserPoolId").ToDictionary(StringComparer.Ordinal),
        };
    }

    private static ResourceServerScope Merge(ResourceServerScope? existing, ScopeBlueprint wanted) =>
        (existing ?? new ResourceServerScope { ScopeName = wanted.Name }) with
        {
            ScopeDescription = wanted.Description ?? existing?.ScopeDescription ?? wanted.Name,
        };

    private static Dictionary<string, ResourceServerScope> ByName(ResourceServer server) =>
        (server.Scopes ?? []).ToDictionary(scope => scope.ScopeName!, StringComparer.Ordinal);
}
