namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.RotateSecretAsync"/> and <see cref="CognitoProvisioner.FinishRotationAsync"/>.</summary>
public sealed class RotationOptions
{
    /// <summary>The id of the secret to delete, if the app client has two secrets and the sink does not hold the newer.</summary>
    /// <value>Null by default: such a case is an error (<see cref="ProvisioningError.Ambiguous"/>) whose message lists both ids.</value>
    public string? SupersededSecretId { get; set; }

    /// <summary>
    /// Whether to stop when the new secret is stored and gets tokens. The old secret stays, and services can take the new one at any time. End
    /// the rotation with <see cref="CognitoProvisioner.FinishRotationAsync"/>, which ignores this setting.
    /// </summary>
    /// <value><see langword="false"/> by default.</value>
    public bool KeepOldSecret { get; set; }

    /// <summary>
    /// How long the new secret must exist before the old secret is deleted. <see cref="CognitoProvisioner.RotateSecretAsync"/> waits so long,
    /// and <see cref="CognitoProvisioner.FinishRotationAsync"/> refuses to delete earlier.
    /// </summary>
    /// <value>
    /// Null by default: a rotation waits for the token lifetime of the app client plus 5 minutes, because a service may ask for its secret only
    /// every five minutes. With an emulator it does not wait. The end of a rotation has no such condition. Zero or more.
    /// </value>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative.</exception>
    public TimeSpan? DeleteOldSecretAfter
    {
        get;
        set
        {
            if (value is { } age)
                ArgumentOutOfRangeException.ThrowIfLessThan(age, TimeSpan.Zero, nameof(value));
            field = value;
        }
    }

    /// <summary>Whether the sink may replace the secret of another app client that it holds under the same name.</summary>
    /// <value><see langword="false"/> by default: such a secret is an error (<see cref="ProvisioningError.Secret"/>) before anything is changed.</value>
    public bool ReplaceOtherSecrets { get; set; }

    /// <summary>How to wait until the new secret gets a token.</summary>
    /// <value>5 minutes by default.</value>
    public ReadyOptions Ready { get; set; } = new();
}
