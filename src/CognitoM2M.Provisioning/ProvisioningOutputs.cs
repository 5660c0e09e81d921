namespace CognitoM2M.Provisioning;

/// <summary>What services need to know of a set-up. Holds no secret.</summary>
public sealed record ProvisioningOutputs
{
    /// <summary>The pool.</summary>
    public required string UserPoolId { get; init; }

    /// <summary>The region of the pool.</summary>
    public required string Region { get; init; }

    /// <summary>The <c>iss</c> of the tokens.</summary>
    public required Uri Issuer { get; init; }

    /// <summary>Where the keys are that verify the tokens.</summary>
    public required Uri JwksAddress { get; init; }

    /// <summary>The OAuth 2.0 token endpoint; null if the blueprint has no domain, or one whose host name is not known in this partition.</summary>
    public Uri? TokenEndpoint { get; init; }

    /// <summary>The host name that the DNS record of a custom domain must point to; null if there is no custom domain.</summary>
    public string? CustomDomainTarget { get; init; }

    /// <summary>The app clients, in the order of the blueprint.</summary>
    public required IReadOnlyList<AppClientOutput> AppClients { get; init; }

    /// <summary>The names of app clients whose secret Cognito no longer shows and the sink does not hold; rotate them to get a new one.</summary>
    /// <value>Filled by <see cref="CognitoProvisioner.ApplyAsync"/> alone.</value>
    public IReadOnlyList<string> SecretsUnknown { get; init; } = [];
}

/// <summary>What a service needs to know of its app client, except the secret.</summary>
/// <param name="Name">The app client's name.</param>
/// <param name="ClientId">The app client's id.</param>
/// <param name="Route">How it gets its tokens.</param>
/// <param name="Scopes">What it is allowed.</param>
public sealed record AppClientOutput(string Name, string ClientId, AppClientRoute Route, IReadOnlyList<string> Scopes);
