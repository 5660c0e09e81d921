namespace CognitoM2M.Provisioning;

/// <summary>What <see cref="CognitoProvisioner.InspectAsync"/> reads.</summary>
public sealed record InspectionRequest
{
    /// <summary>The id of the user pool, such as <c>eu-west-1_AbCdEfGhI</c>.</summary>
    /// <value>Null by default: the user pool of <see cref="Domain"/> is read.</value>
    public string? UserPoolId { get; init; }

    /// <summary>The domain: the prefix, or the host name of a custom domain.</summary>
    /// <value>Null by default: no domain is read.</value>
    public string? Domain { get; init; }

    /// <summary>The id of the app client.</summary>
    /// <value>Null by default: no app client is read.</value>
    public string? ClientId { get; init; }
}
