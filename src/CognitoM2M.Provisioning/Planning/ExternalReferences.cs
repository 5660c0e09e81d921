using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>
/// Checks that what a blueprint says to exist does exist: what it calls external, and app clients whose ids it gives. Provisioning cannot create
/// these things; only an emulator creates an app client with a chosen id.
/// </summary>
internal static class ExternalReferences
{
    /// <exception cref="CognitoProvisioningException">Something does not exist. The message lists all of it.</exception>
    public static void Check(Blueprint blueprint, ExistingSetup? existing, bool isEmulator)
    {
        var missing = new List<string>();
        if (blueprint.UserPool.External)
            missing.AddRange(FindInUserPool(blueprint, existing!.Pool));
        foreach (var server in blueprint.ResourceServers.Where(server => server.External))
            missing.AddRange(FindInResourceServer(server, blueprint, existing));
        foreach (var client in blueprint.AppClients.Where(client => client.Id is not null && !isEmulator && existing?.AppClients.ContainsKey(client.Name) != true))
            missing.Add($"app client '{client.Name}' ({client.Id})");

        if (missing.Count > 0)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.NotFound,
                $"Resources that the blueprint calls external, or gives the id of, do not exist {(existing is null ? "yet, because there is no user pool" : $"in user pool {existing.Pool.Id}")}: {string.Join("; ", missing)}.",
                "Create them where they belong, or correct the blueprint.");
        }
    }

    private static IEnumerable<string> FindInUserPool(Blueprint blueprint, UserPool pool)
    {
        if (pool.Name != blueprint.UserPool.Name)
            yield return $"the user pool is named '{OneLine.Show(pool.Name)}', not '{blueprint.UserPool.Name}'";
        if (blueprint.Domain?.Prefix is { } prefix && prefix != pool.Domain)
            yield return $"prefix domain '{prefix}'";
        if (blueprint.Domain?.Custom is { } custom && custom.Name != pool.CustomDomain)
            yield return $"custom domain '{custom.Name}'";
    }

    private static IEnumerable<string> FindInResourceServer(ResourceServerBlueprint wanted, Blueprint blueprint, ExistingSetup? existing)
    {
        if (existing?.ResourceServers.GetValueOrDefault(wanted.Identifier) is not { } server)
            return [$"resource server '{wanted.Identifier}'"];

        var present = (server.Scopes ?? []).Select(scope => $"{wanted.Identifier}/{scope.ScopeName}");
        return wanted.Scopes.Select(scope => $"{wanted.Identifier}/{scope.Name}")
            .Concat(blueprint.AppClients.SelectMany(client => client.Scopes).Where(wanted.Owns))
            .Distinct(StringComparer.Ordinal)
            .Except(present, StringComparer.Ordinal)
            .Select(scope => $"scope '{scope}'");
    }
}
