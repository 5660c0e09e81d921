namespace CognitoM2M.Provisioning;

/// <summary>What services must know of a user pool and its app clients. Holds no secret.</summary>
public sealed record ProvisioningOutputs
{
    /// <summary>The id of the user pool: a region code, an underscore, letters and digits, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The region code of the user pool, such as <c>eu-west-1</c>.</summary>
    public required string Region { get; init; }

    /// <summary>The <c>iss</c> claim of the tokens. On an emulator, too, this is the issuer that AWS would use.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>The address of the key set that verifies the tokens.</summary>
    public required Uri JwksUri { get; init; }

    /// <summary>The OAuth 2.0 token endpoint.</summary>
    /// <value>Null if the blueprint has no domain, or if the host name of prefix domains is not known in this AWS partition.</value>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The host name that the DNS record of a custom domain must point to.</summary>
    /// <value>Null if there is no custom domain.</value>
    public string? CustomDomainTarget { get; init; }

    /// <summary>The app clients, in the order of the blueprint.</summary>
    public required IReadOnlyList<AppClientOutput> AppClients { get; init; }

    /// <summary>The names of the app clients whose secret Cognito no longer shows and the sink does not hold. A rotation gives them a new secret.</summary>
    /// <value>Empty without a sink. Only <see cref="CognitoProvisioner.ApplyAsync"/> fills the list.</value>
    public IReadOnlyList<string> UnknownSecrets { get; init; } = [];
}

/// <summary>What a service must know of its app client, except the secret.</summary>
public sealed record AppClientOutput
{
    /// <summary>The name of the app client.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>How the app client gets its tokens.</summary>
    public required AppClientRoute Route { get; init; }

    /// <summary>The scopes that the app client is allowed, each <c>resource-server/scope</c>.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }
}
