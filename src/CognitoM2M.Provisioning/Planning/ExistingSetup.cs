using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>The resources of a blueprint that exist already.</summary>
internal sealed record ExistingSetup
{
    public required UserPool Pool { get; init; }

    /// <summary>The resource servers by identifier, without those that Cognito itself manages.</summary>
    public required IReadOnlyDictionary<string, ResourceServer> ResourceServers { get; init; }

    /// <summary>The app clients that the blueprint names, by name.</summary>
    public required IReadOnlyDictionary<string, ExistingAppClient> AppClients { get; init; }

    /// <summary>The app clients that the blueprint does not name.</summary>
    public required IReadOnlyList<UserPoolClientDescription> OtherAppClients { get; init; }

    /// <summary>The names of the users of the blueprint that exist.</summary>
    public required IReadOnlySet<string> Users { get; init; }

    /// <summary>The names of the groups that exist, if the blueprint has groups.</summary>
    public required IReadOnlySet<string> Groups { get; init; }

    /// <summary>What the steps of a plan must know of the app clients, by name.</summary>
    public Dictionary<string, ProvisionedAppClient> ToProvisionedAppClients() =>
        AppClients.ToDictionary(client => client.Key, client => client.Value.Client.ToProvisioned(client.Key), StringComparer.Ordinal);
}

/// <summary>An app client that exists.</summary>
/// <param name="Client">The settings.</param>
/// <param name="HasSecret">Whether the client has a secret. The settings alone do not say so: Cognito stops showing the first secret once it was deleted.</param>
internal sealed record ExistingAppClient(UserPoolClient Client, bool HasSecret);
