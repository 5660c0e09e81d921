namespace CognitoM2M.Provisioning;

/// <summary>The result of a rotation.</summary>
public sealed record SecretRotation
{
    /// <summary>The id of the app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The id of the secret that was deleted: <c>{client id}--{seconds since 1970}</c>.</summary>
    public required string OldSecretId { get; init; }

    /// <summary>The id of the only secret that the app client has now.</summary>
    public required string NewSecretId { get; init; }
}
