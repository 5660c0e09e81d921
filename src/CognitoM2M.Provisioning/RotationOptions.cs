namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.RotateSecretAsync"/>.</summary>
public sealed class RotationOptions
{
    /// <summary>The id of the secret to delete, if the app client has two secrets and the sink cannot tell which one is in use.</summary>
    /// <value>Null by default: such a case is an error (<see cref="ProvisioningError.Ambiguous"/>) whose message lists both ids.</value>
    public string? SupersededSecretId { get; set; }

    /// <summary>How to wait until the new secret gets a token.</summary>
    /// <value>5 minutes by default.</value>
    public ReadyOptions Ready { get; set; } = new();
}
