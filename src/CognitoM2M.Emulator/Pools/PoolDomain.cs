using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Pools;

/// <summary>A domain of a user pool: a prefix, or a name of the owner's own.</summary>
internal sealed record PoolDomain
{
    public required string Name { get; init; }

    /// <summary>Null for a prefix domain.</summary>
    public required JsonElement? CustomDomainConfig { get; init; }

    public required int ManagedLoginVersion { get; init; }

    public JsonElement? Routing { get; init; }

    /// <summary>A host name that both kinds of domain have.</summary>
    public required string CloudFrontDistribution { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastModifiedAt { get; init; }

    public bool IsCustom => CustomDomainConfig is not null;

    public JsonObject CustomDomainConfigJson() => CustomDomainConfig is { } config ? JsonObject.Create(config)! : [];
}
