namespace CognitoM2M.Provisioning;

/// <summary>A domain of a user pool.</summary>
public sealed record InspectedDomain
{
    /// <summary>The prefix, or the host name of a custom domain.</summary>
    public required string Name { get; init; }

    /// <summary>The id of the user pool that the domain belongs to.</summary>
    /// <value>Null if Cognito does not say.</value>
    public string? UserPoolId { get; init; }

    /// <summary><c>CREATING</c>, <c>DELETING</c>, <c>UPDATING</c>, <c>ACTIVE</c> or <c>FAILED</c>.</summary>
    public required string Status { get; init; }

    /// <summary>1 for the classic hosted pages, 2 for managed login.</summary>
    /// <value>Null if Cognito does not say.</value>
    public int? ManagedLoginVersion { get; init; }

    /// <summary>The host name that the DNS record of a custom domain must point to.</summary>
    /// <value>Null if Cognito does not say.</value>
    public string? Target { get; init; }
}
