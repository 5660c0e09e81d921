using System.Globalization;

namespace CognitoM2M.Provisioning.Blueprints;

/// <summary>Finds the name of the thing that a path belongs to.</summary>
internal static class BlueprintNames
{
    /// <summary>The name of the thing of a path such as <c>appClients[2].scopes[0]</c>; null for other paths.</summary>
    public static string? Find(Blueprint blueprint, string path)
    {
        if (ReadIndex(path, "appClients[") is { } client)
            return blueprint.AppClients.ElementAtOrDefault(client)?.Name;

        if (ReadIndex(path, "users[") is { } user)
            return blueprint.Users.ElementAtOrDefault(user)?.Username;
        if (ReadIndex(path, "groups[") is { } group)
            return blueprint.Groups.ElementAtOrDefault(group)?.Name;

        return ReadIndex(path, "resourceServers[") is { } server ? blueprint.ResourceServers.ElementAtOrDefault(server)?.Identifier : null;
    }

    private static int? ReadIndex(string path, string prefix) =>
        path.StartsWith(prefix, StringComparison.Ordinal)
        && int.TryParse(path.AsSpan(prefix.Length, path.IndexOf(']', StringComparison.Ordinal) - prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? index
            : null;
}
