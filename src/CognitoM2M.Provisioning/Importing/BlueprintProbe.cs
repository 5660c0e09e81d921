namespace CognitoM2M.Provisioning.Importing;

/// <summary>Finds out whether a blueprint can describe a part of a user pool. Validates a small blueprint that has only this part.</summary>
internal static class BlueprintProbe
{
    private static readonly Blueprint _empty = new() { UserPool = new() { Name = "probe" } };

    public static IReadOnlyList<string> Check(UserPoolBlueprint pool) => Check(_empty with { UserPool = pool });

    public static IReadOnlyList<string> Check(DomainBlueprint domain, UserPoolBlueprint pool) => Check(_empty with { UserPool = pool, Domain = domain });

    public static IReadOnlyList<string> Check(ResourceServerBlueprint server) => Check(_empty with { ResourceServers = [server] });

    /// <param name="client">The app client.</param>
    /// <param name="servers">The resource servers of its scopes.</param>
    /// <param name="domain">The domains.</param>
    /// <param name="isExternal">Whether the user pool belongs to others.</param>
    public static IReadOnlyList<string> Check(AppClientBlueprint client, IReadOnlyList<ResourceServerBlueprint> servers, DomainBlueprint? domain, bool isExternal) =>
        Check(_empty with { UserPool = _empty.UserPool with { External = isExternal }, Domain = domain, ResourceServers = servers, AppClients = [client] });

    private static List<string> Check(Blueprint blueprint) => [.. blueprint.Validate().Select(mistake => $"{Shorten(mistake.Path)} {mistake.Message}")];

    // The line of output already names the part, so the path begins inside the part: scopes[3].name instead of resourceServers[0].scopes[3].name.
    private static string Shorten(string path) => path[(path.IndexOf('.', StringComparison.Ordinal) + 1)..];
}
