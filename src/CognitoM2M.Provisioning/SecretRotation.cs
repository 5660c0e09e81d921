namespace CognitoM2M.Provisioning;

/// <summary>The result of a rotation.</summary>
public sealed record SecretRotation
{
    /// <summary>The id of the app client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The id of the old secret: <c>{client id}--{seconds since 1970}</c>.</summary>
    /// <value>Null if the app client had no old secret any more.</value>
    public required string? OldSecretId { get; init; }

    /// <summary>The id of the secret that the sink holds.</summary>
    public required string NewSecretId { get; init; }

    /// <summary>Whether the app client still has the old secret. End the rotation with <see cref="CognitoProvisioner.FinishRotationAsync"/>.</summary>
    public required bool IsOldSecretKept { get; init; }

    /// <summary>
    /// How long services may need the old secret after they can get the new one: the token lifetime of the app client plus 5 minutes. Give it to
    /// <see cref="CognitoProvisioner.FinishRotationAsync"/> (<see cref="RotationOptions.DeleteOldSecretAfter"/>).
    /// </summary>
    /// <value>Null if the old secret was not kept.</value>
    public TimeSpan? DeleteOldSecretAfter { get; init; }
}
