namespace CognitoM2M.Provisioning;

/// <summary>What Cognito holds about a domain, a user pool and an app client. <see cref="object.ToString"/> leaves the secret out.</summary>
public sealed record SetupInspection
{
    /// <summary>The user pool.</summary>
    /// <value>Null if no user pool has the id, or if the domain that should name the user pool does not exist.</value>
    public InspectedUserPool? UserPool { get; init; }

    /// <summary>The domain.</summary>
    /// <value>Null if there is no such domain in this account and region, or if none was asked for.</value>
    public InspectedDomain? Domain { get; init; }

    /// <summary>Cognito's name for the error with which it reported that the domain does not exist.</summary>
    /// <value>Null if the domain exists, if none was asked for, or if Cognito reported the missing domain with an empty description.</value>
    public string? MissingDomainError { get; init; }

    /// <summary>The app client.</summary>
    /// <value>Null if the user pool has no such app client, or if none was asked for.</value>
    public InspectedAppClient? AppClient { get; init; }
}
