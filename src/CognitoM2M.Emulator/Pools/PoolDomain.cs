using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Emulator.Pools;

/// <summary>A domain of a user pool: a prefix domain or a custom domain. Immutable.</summary>
internal sealed record PoolDomain
{
    public required string Name { get; init; }

    /// <summary>Null for a prefix domain.</summary>
    public required JsonElement? CustomDomainConfig { get; init; }

    public required int ManagedLoginVersion { get; init; }

    public JsonElement? Routing { get; init; }

    /// <summary>The host name of the distribution in front of the domain. Both kinds of domain have one.</summary>
    public required string CloudFrontDistribution { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset LastModifiedAt { get; init; }

    public bool IsCustom => CustomDomainConfig is not null;

    public JsonObject CustomDomainConfigToJson() => CustomDomainConfig is { } config ? JsonObject.Create(config)! : [];
}
