using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Service;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Describes the app clients of a user pool as a blueprint does.</summary>
/// <param name="service">The user pools API.</param>
/// <param name="userPoolId">The user pool.</param>
/// <param name="isExternal">Whether the user pool belongs to others. The ids then say which app clients belong to the blueprint.</param>
/// <param name="notes">Receives what a blueprint cannot describe.</param>
/// <param name="progress">Receives what is being read.</param>
internal sealed class AppClientsImport(IUserPoolService service, string userPoolId, bool isExternal, ImportNotes notes, ProgressReport progress)
{
    /// <summary>The app clients that a blueprint can describe, sorted by name.</summary>
    /// <param name="names">The names of the app clients to take; null for all.</param>
    /// <param name="servers">The resource servers that the blueprint describes.</param>
    /// <param name="domain">The domains that the blueprint describes.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="CognitoProvisioningException">A given name is the name of no app client, or of several.</exception>
    public async Task<IReadOnlyList<AppClientBlueprint>> CreateAsync(
        IReadOnlyList<string>? names, IReadOnlyList<ResourceServerBlueprint> servers, DomainBlueprint? domain, CancellationToken cancellationToken)
    {
        var all = await service.ListAppClientsAsync(userPoolId, progress, cancellationToken).ConfigureAwait(false);
        var chosen = TakeUnique(names is null ? all : Choose(all, names));

        var clients = new List<AppClientBlueprint>();
        var seen = 0;
        foreach (var item in chosen)
        {
            progress.ReportReading($"app client '{item.ClientName}'", seen++, chosen.Count);
            var client = await service.DescribeAppClientAsync(userPoolId, item.ClientId!, cancellationToken).ConfigureAwait(false);
            var hasSecret = await service.HasSecretAsync(userPoolId, client, cancellationToken).ConfigureAwait(false);
            if (Take(client, hasSecret, servers, domain) is { } blueprint)
                clients.Add(blueprint);
        }

        return clients;
    }

    private static List<UserPoolClientDescription> Choose(IReadOnlyList<UserPoolClientDescription> all, IReadOnlyList<string> names)
    {
        var chosen = new List<UserPoolClientDescription>();
        foreach (var name in names.Distinct(StringComparer.Ordinal))
        {
            var found = all.Where(client => client.ClientName == name).ToList();
            chosen.Add(found.Count switch
            {
                0 => throw new CognitoProvisioningException(
                    ProvisioningError.NotFound, $"The user pool has no app client '{OneLine.Show(name)}'.", "Check the name. Names are case-sensitive."),
                1 => found[0],
                _ => throw new CognitoProvisioningException(
                    ProvisioningError.Ambiguous,
                    $"{found.Count} app clients are named '{OneLine.Show(name)}': {FormatIds(found)}.",
                    "Give each app client a name of its own, or import the user pool without --client: app clients with equal names are then left alone."),
            });
        }

        return chosen;
    }

    // A blueprint finds app clients by name, and configuration finds secrets by this name without regard to case.
    private List<UserPoolClientDescription> TakeUnique(IReadOnlyList<UserPoolClientDescription> clients)
    {
        var unique = new List<UserPoolClientDescription>();
        foreach (var same in clients.GroupBy(client => client.ClientName!, StringComparer.OrdinalIgnoreCase).OrderBy(same => same.Key, StringComparer.OrdinalIgnoreCase))
        {
            if (same.Count() == 1)
                unique.Add(same.First());
            else
                notes.Add($"app clients '{OneLine.Show(same.Key)}' ({FormatIds(same)})", "they have the same name if upper and lower case are ignored");
        }

        return unique;
    }

    private AppClientBlueprint? Take(UserPoolClient client, bool hasSecret, IReadOnlyList<ResourceServerBlueprint> servers, DomainBlueprint? domain)
    {
        var blueprint = AppClientImport.Create(client, hasSecret);
        var thing = $"app client '{OneLine.Show(client.ClientName)}' ({client.ClientId})";
        var reasons = AppClientImport.FindReasons(client, hasSecret, blueprint).ToList();
        if (reasons.Count == 0)
        {
            // Only the resource servers of its scopes, because a user pool can have thousands of app clients and of scopes.
            var used = servers.Where(server => blueprint.Scopes.Any(scope => scope.StartsWith($"{server.Identifier}/", StringComparison.Ordinal))).ToList();
            var problems = BlueprintProbe.Check(blueprint, used, domain, isExternal);
            // Addresses that a blueprint refuses need not be named: they stay as they are.
            var plain = blueprint with { CallbackUrls = null, LogoutUrls = null, SupportedIdentityProviders = null };
            if (problems.Count > 0 && BlueprintProbe.Check(plain, used, domain, isExternal).Count == 0)
                blueprint = plain;
            else
                reasons.AddRange(problems);
        }

        if (reasons.Count > 0)
        {
            notes.Add(thing, reasons);
            return null;
        }

        notes.AddSettings(thing, AppClientImport.ListOtherSettings(client, blueprint));
        return isExternal ? blueprint with { Id = client.ClientId } : blueprint;
    }

    private static string FormatIds(IEnumerable<UserPoolClientDescription> clients) => string.Join(", ", clients.Select(client => client.ClientId));
}
