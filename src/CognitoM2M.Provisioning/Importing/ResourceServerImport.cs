using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Describes resource servers as a blueprint does.</summary>
internal static class ResourceServerImport
{
    /// <summary>The resource servers that a blueprint can describe, sorted by identifier.</summary>
    public static IReadOnlyList<ResourceServerBlueprint> Create(IEnumerable<ResourceServer> existing, ImportNotes notes)
    {
        var servers = new List<ResourceServerBlueprint>();
        foreach (var server in existing.OrderBy(server => server.Identifier, StringComparer.Ordinal))
        {
            var thing = $"resource server '{OneLine.Show(server.Identifier)}'";
            var blueprint = Create(server);
            if (BlueprintProbe.Check(blueprint) is { Count: > 0 } problems)
            {
                notes.Add(thing, problems);
                continue;
            }

            if (blueprint.Name != server.Name)
                notes.Add(thing, $"Name is '{OneLine.Show(server.Name)}'");
            servers.Add(blueprint);
        }

        return servers;
    }

    // A name that a blueprint cannot hold is left out, which leaves it as it is. A scope cannot be left out: the next apply would remove it.
    private static ResourceServerBlueprint Create(ResourceServer server) => new()
    {
        Identifier = server.Identifier!,
        Name = NameRules.IsDisplayName(server.Name, 256) ? server.Name : null,
        Scopes = [.. (server.Scopes ?? []).Select(scope => new ScopeBlueprint { Name = scope.ScopeName!, Description = scope.ScopeDescription })],
    };
}
