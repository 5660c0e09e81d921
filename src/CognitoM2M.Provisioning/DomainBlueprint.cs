namespace CognitoM2M.Provisioning;

/// <summary>The domains that serve the token endpoint: a prefix domain, a custom domain, or both.</summary>
public sealed record DomainBlueprint
{
    /// <summary>The prefix of <c>{prefix}.auth.{region}.amazoncognito.com</c>.</summary>
    /// <value>
    /// Null by default. 1 to 63 lower-case letters, digits and hyphens, with no hyphen at either end, and without the words <c>aws</c>,
    /// <c>amazon</c> and <c>cognito</c>.
    /// </value>
    public string? Prefix { get; init; }

    /// <summary>Which pages the prefix domain shows to users who sign in: 1 for the classic hosted pages, 2 for managed login.</summary>
    /// <value>
    /// Null by default: an existing version stays, and a new domain gets Cognito's default. 2 needs the feature plan Essentials or Plus.
    /// Tokens of machines do not depend on the version.
    /// </value>
    public int? PrefixManagedLoginVersion { get; init; }

    /// <summary>A domain that you own.</summary>
    /// <value>Null by default. If there are two domains, outputs and secrets name the custom domain.</value>
    public CustomDomainBlueprint? Custom { get; init; }
}

/// <summary>A domain that you own.</summary>
public sealed record CustomDomainBlueprint
{
    /// <summary>The host name in lower case, such as <c>auth.example.com</c>. You create its DNS record.</summary>
    public required string Name { get; init; }

    /// <summary>The ARN of the certificate in AWS Certificate Manager.</summary>
    /// <value>The certificate must be in us-east-1, even if the user pool is in another region. Required, except for the domain of an external user pool.</value>
    public string? CertificateArn { get; init; }

    /// <summary>The oldest version of TLS that the domain accepts.</summary>
    /// <value>Null by default: an existing policy stays, and a new domain gets Cognito's default.</value>
    public TlsPolicy? TlsPolicy { get; init; }

    /// <summary>Which pages the custom domain shows to users who sign in: 1 for the classic hosted pages, 2 for managed login.</summary>
    /// <value>As for <see cref="DomainBlueprint.PrefixManagedLoginVersion"/>.</value>
    public int? ManagedLoginVersion { get; init; }
}
