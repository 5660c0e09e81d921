namespace CognitoM2M.Provisioning;

/// <summary>A temporary user who exists.</summary>
public sealed record TemporaryUserDescription
{
    /// <summary>The name by which Cognito knows the user. In a user pool with addresses in place of user names, it is the <c>sub</c>.</summary>
    public required string Id { get; init; }

    /// <summary>The name that the user signs in with: a marker, the time of the creation, and random characters.</summary>
    public required string Username { get; init; }

    /// <summary>When the user was created.</summary>
    public required DateTimeOffset CreatedAt { get; init; }
}
