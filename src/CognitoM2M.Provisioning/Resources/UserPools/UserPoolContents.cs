using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>What is in a user pool, or a part of it.</summary>
internal sealed record UserPoolContents
{
    public required IReadOnlyList<UserPoolClientDescription> AppClients { get; init; }

    /// <summary>The resource servers, without the resource servers that Cognito itself manages.</summary>
    public required IReadOnlyList<ResourceServer> ResourceServers { get; init; }

    public required IReadOnlyList<string> Domains { get; init; }

    /// <summary>The names of the providers that users sign in with.</summary>
    public required IReadOnlyList<string> IdentityProviders { get; init; }

    public required IReadOnlyList<string> Groups { get; init; }

    public required UserCount Users { get; init; }

    public bool IsEmpty => Describe().Count == 0;

    /// <summary>What the blueprint does not name. A resource server or a domain that the blueprint only refers to counts as not named.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="ownUsers">How many of the users the blueprint names.</param>
    public UserPoolContents Without(Blueprint blueprint, int ownUsers)
    {
        var clients = blueprint.AppClients.ToDictionary(client => client.Name, StringComparer.Ordinal);
        var groups = blueprint.Groups.Select(group => group.Name).ToHashSet(StringComparer.Ordinal);
        var servers = blueprint.ResourceServers.Where(server => !server.External).Select(server => server.Identifier).ToHashSet(StringComparer.Ordinal);
        return this with
        {
            AppClients = [.. AppClients.Where(client => clients.GetValueOrDefault(client.ClientName!)?.Names(client.ClientName, client.ClientId) != true)],
            ResourceServers = [.. ResourceServers.Where(server => !servers.Contains(server.Identifier!))],
            Domains = [.. Domains.Where(domain => blueprint.UserPool.External || (domain != blueprint.Domain?.Prefix && domain != blueprint.Domain?.Custom?.Name))],
            Groups = [.. Groups.Where(group => !groups.Contains(group))],
            Users = Users with { Number = Math.Max(0, Users.Number - ownUsers) },
        };
    }

    /// <summary>Each thing with its kind. Users are counted, not named.</summary>
    public IReadOnlyList<(string Kind, string Name)> Describe() =>
    [
        .. AppClients.Select(client => ("app client", $"'{OneLine.Show(client.ClientName)}' ({OneLine.Show(client.ClientId)})")),
        .. ResourceServers.Select(server => ("resource server", $"'{OneLine.Show(server.Identifier)}'")),
        .. Domains.Select(domain => ("domain", $"'{OneLine.Show(domain)}'")),
        .. IdentityProviders.Select(provider => ("identity provider", $"'{OneLine.Show(provider)}'")),
        .. Groups.Select(group => ("group", $"'{OneLine.Show(group)}'")),
        .. Users.IsZero ? Enumerable.Empty<(string, string)>() : [("users", Users.ToString())],
    ];

    /// <summary>One line for each thing, such as <c>app client 'web' (1example23456789)</c>, and one for all users.</summary>
    public IReadOnlyList<string> ListLines() =>
    [
        .. (this with { Users = default }).Describe().Select(thing => $"{thing.Kind} {thing.Name}"),
        .. Users.IsZero ? Enumerable.Empty<string>() : [Users.Summarize()],
    ];

    /// <summary>How many things of each kind, such as <c>2 app clients, 3 users</c>.</summary>
    public string Summarize() => string.Join(", ", new[]
    {
        Count(AppClients.Count, "app client"), Count(ResourceServers.Count, "resource server"), Count(Domains.Count, "domain"),
        Count(IdentityProviders.Count, "identity provider"), Count(Groups.Count, "group"), Users.IsZero ? null : Users.Summarize(),
    }.OfType<string>());

    private static string? Count(int number, string kind) => number == 0 ? null : $"{number} {kind}{(number == 1 ? "" : "s")}";
}

/// <summary>The number of users in a user pool.</summary>
/// <param name="Number">The number, or what is known of it.</param>
/// <param name="IsExact">Whether all users were counted. Large user pools and user pools that stay are not counted; Cognito estimates their users.</param>
internal readonly record struct UserCount(long Number, bool IsExact)
{
    public bool IsZero => Number == 0;

    public string Summarize() => $"{this} user{(Number == 1 ? "" : "s")}";

    public override string ToString() => IsExact ? $"{Number}" : $"about {Number}";
}
