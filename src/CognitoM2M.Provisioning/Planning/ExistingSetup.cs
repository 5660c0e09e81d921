using CognitoM2M.Provisioning.Api;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>What exists of a blueprint.</summary>
internal sealed record ExistingSetup
{
    public required UserPool Pool { get; init; }

    /// <summary>Those that the service does not look after itself, by identifier.</summary>
    public required IReadOnlyDictionary<string, ResourceServer> ResourceServers { get; init; }

    /// <summary>Those that the blueprint names, by name.</summary>
    public required IReadOnlyDictionary<string, ExistingAppClient> AppClients { get; init; }

    /// <summary>Those that the blueprint does not name.</summary>
    public required IReadOnlyList<UserPoolClientDescription> OtherAppClients { get; init; }
}

/// <summary>An app client, and whether it is confidential: its first secret, once deleted, no longer shows.</summary>
internal sealed record ExistingAppClient(UserPoolClient Client, bool HasSecret);
