namespace CognitoM2M.Provisioning;

/// <summary>What an app client must know of its user pool.</summary>
public sealed record InspectedUserPool
{
    /// <summary>The id.</summary>
    public required string Id { get; init; }

    /// <summary>Whether the issuer has the updated form (<c>https://issuer-cognito-idp...</c>), as multi-region replication needs.</summary>
    public required bool HasUpdatedIssuer { get; init; }

    /// <summary>Whether the user pool has a domain, a prefix or a custom one.</summary>
    public required bool HasDomain { get; init; }

    /// <summary>The scopes of all resource servers, each <c>resource-server/scope</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
