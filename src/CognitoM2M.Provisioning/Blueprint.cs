using System.Text.Json.Serialization;
using CognitoM2M.Provisioning.Blueprints;

namespace CognitoM2M.Provisioning;

/// <summary>A machine-to-machine set-up: one user pool with its domain, resource servers and app clients.</summary>
/// <remarks>What a blueprint does not name stays as it is, except the lists it does name, which are complete.</remarks>
public sealed partial record Blueprint
{
    /// <summary>The address of the JSON schema, for editors; otherwise ignored.</summary>
    [JsonPropertyName("$schema")]
    public string? Schema { get; init; }

    /// <summary>The user pool.</summary>
    public required UserPoolBlueprint UserPool { get; init; }

    /// <summary>The domains of the pool.</summary>
    /// <value>Null by default: none is needed when every app client uses <see cref="AppClientRoute.GetClientToken"/>.</value>
    public DomainBlueprint? Domain { get; init; }

    /// <summary>The resource servers.</summary>
    /// <value>At most 300; Cognito's quota is 25 unless raised.</value>
    public IReadOnlyList<ResourceServerBlueprint> ResourceServers { get; init => field = value ?? []; } = [];

    /// <summary>The app clients.</summary>
    /// <value>At most 10,000; Cognito's quota is 1,000 unless raised.</value>
    public IReadOnlyList<AppClientBlueprint> AppClients { get; init => field = value ?? []; } = [];
}

/// <summary>The user pool.</summary>
/// <remarks>A pool made from a blueprint lets nobody register (<c>AllowAdminCreateUserOnly</c>): it is for machines.</remarks>
public sealed record UserPoolBlueprint
{
    /// <summary>The pool's name.</summary>
    /// <value>1 to 128 characters: letters, digits, spaces and <c>_+=,.@-</c>.</value>
    public required string Name { get; init; }

    /// <summary>The id of an existing pool.</summary>
    /// <value>Optional; without it the pool is found by its name and the tag <see cref="OwnershipTag.Key"/>.</value>
    public string? Id { get; init; }

    /// <summary>Whether the pool is protected from deletion.</summary>
    /// <value>Null by default: left as it is, off for a new pool.</value>
    public bool? DeletionProtection { get; init; }

    /// <summary>The feature plan.</summary>
    /// <value>Null by default: left as it is, Essentials for a new pool.</value>
    public UserPoolTier? Tier { get; init; }

    /// <summary>Tags the pool must have; others are left alone.</summary>
    /// <value>At most 49: one is used to recognise the pool.</value>
    public IReadOnlyDictionary<string, string> Tags { get; init => field = value ?? new Dictionary<string, string>(StringComparer.Ordinal); }
        = new Dictionary<string, string>(StringComparer.Ordinal);
}

/// <summary>Cognito's feature plans; machine-to-machine tokens are in all of them.</summary>
[JsonConverter(typeof(NameConverter<UserPoolTier>))]
public enum UserPoolTier
{
    /// <summary><c>LITE</c>.</summary>
    Lite,

    /// <summary><c>ESSENTIALS</c>, Cognito's default.</summary>
    Essentials,

    /// <summary><c>PLUS</c>.</summary>
    Plus,
}

/// <summary>The domains that serve the token endpoint: a prefix, a custom domain, or both.</summary>
public sealed record DomainBlueprint
{
    /// <summary>The prefix of <c>{prefix}.auth.{region}.amazoncognito.com</c>.</summary>
    /// <value>1 to 63 lower-case letters, digits and inner hyphens, without <c>aws</c>, <c>amazon</c> and <c>cognito</c>.</value>
    public string? Prefix { get; init; }

    /// <summary>A domain of one's own.</summary>
    public CustomDomainBlueprint? Custom { get; init; }
}

/// <summary>A domain of one's own.</summary>
public sealed record CustomDomainBlueprint
{
    /// <summary>The host name, such as <c>auth.example.com</c>. Its DNS record is the caller's to make.</summary>
    public required string Name { get; init; }

    /// <summary>The certificate in AWS Certificate Manager.</summary>
    /// <value>Must be in us-east-1, whatever the pool's region.</value>
    public required string CertificateArn { get; init; }
}

/// <summary>A resource server.</summary>
public sealed record ResourceServerBlueprint
{
    /// <summary>The first part of its scopes: <c>{identifier}/{scope}</c>.</summary>
    /// <value>1 to 256 printable ASCII characters without space, <c>"</c> and <c>\</c>.</value>
    public required string Identifier { get; init; }

    /// <summary>A name for people.</summary>
    /// <value>Null by default: left as it is, and made from the identifier for a new one.</value>
    public string? Name { get; init; }

    /// <summary>All scopes of this resource server.</summary>
    /// <value>At most 100.</value>
    public IReadOnlyList<ScopeBlueprint> Scopes { get; init => field = value ?? []; } = [];
}

/// <summary>A scope of a resource server.</summary>
public sealed record ScopeBlueprint
{
    /// <summary>The second part of the scope.</summary>
    /// <value>As the identifier of a resource server, and without <c>/</c>.</value>
    public required string Name { get; init; }

    /// <summary>A description for people.</summary>
    /// <value>1 to 256 characters. Null by default: left as it is, and the name for a new one.</value>
    public string? Description { get; init; }
}

/// <summary>An app client for machine-to-machine tokens. It has a secret and no way for a user to sign in.</summary>
public sealed record AppClientBlueprint
{
    /// <summary>The app client's name, by which it is found within the pool.</summary>
    /// <value>1 to 128 characters: letters, digits, spaces and <c>_+=,.@-</c>.</value>
    public required string Name { get; init; }

    /// <summary>All scopes the client is allowed, each written <c>resource-server/scope</c>.</summary>
    /// <value>1 to 50, of resource servers of this blueprint.</value>
    public required IReadOnlyList<string> Scopes { get; init => field = value ?? []; }

    /// <summary>How the client gets its tokens.</summary>
    /// <value><see cref="AppClientRoute.OAuth2"/> by default, for which the blueprint needs a domain.</value>
    public AppClientRoute Route { get; init; }

    /// <summary>How long a token is valid.</summary>
    /// <value>5 minutes to 1 day, in whole seconds; in JSON <c>"30m"</c>, with s, m, h or d. Null by default: left as it is, 1 hour for a new client.</value>
    [JsonConverter(typeof(LifetimeConverter))]
    public TimeSpan? TokenLifetime { get; init; }
}

/// <summary>How an app client gets its tokens.</summary>
[JsonConverter(typeof(NameConverter<AppClientRoute>))]
public enum AppClientRoute
{
    /// <summary>The OAuth 2.0 token endpoint, served by the pool's domain.</summary>
    OAuth2,

    /// <summary>The operation GetClientToken of the user pools API, without a domain.</summary>
    GetClientToken,

    /// <summary>Either.</summary>
    Both,
}
