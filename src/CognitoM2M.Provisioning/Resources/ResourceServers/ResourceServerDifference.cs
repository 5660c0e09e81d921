using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Compares a resource server with its blueprint.</summary>
internal static class ResourceServerDifference
{
    public static Difference Find(ResourceServer server, ResourceServerBlueprint wanted)
    {
        var difference = new Difference();
        difference.Compare(nameof(ResourceServer.Name), server.Name, wanted.Name ?? server.Name);

        var existing = ResourceServerMerge.IndexScopes(server);
        foreach (var scope in wanted.Scopes)
        {
            var before = existing.GetValueOrDefault(scope.Name)?.ScopeDescription;
            difference.Compare($"scope {scope.Name}", before, scope.Description ?? before ?? scope.Name);
        }

        var removed = existing.Keys.Except(wanted.Scopes.Select(scope => scope.Name), StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        foreach (var scope in removed)
            difference.Compare($"scope {scope}", existing[scope].ScopeDescription ?? scope, null);
        if (removed.Count > 0)
        {
            difference.AddDestructiveChange(
                DestructiveChanges.Scope, $"tokens lose {string.Join(", ", removed.Select(scope => $"{server.Identifier}/{scope}"))}");
        }

        return difference;
    }

    /// <summary>The settings of a new resource server, with the name that it gets if the blueprint gives none.</summary>
    public static Difference ListSettings(ResourceServerBlueprint wanted)
    {
        var settings = Find(new ResourceServer { Identifier = wanted.Identifier }, wanted).ToSettings();
        settings.AddDefault(nameof(ResourceServer.Name), NameRules.CreateDisplayName(wanted.Identifier));
        return settings;
    }
}
