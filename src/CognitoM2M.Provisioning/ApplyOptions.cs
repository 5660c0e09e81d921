namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.ApplyAsync"/>.</summary>
public sealed class ApplyOptions
{
    /// <summary>What the plan may destroy.</summary>
    /// <value><see cref="DestructiveChanges.None"/> by default.</value>
    public DestructiveChanges Allow { get; set; }

    /// <summary>Receives the secrets of the app clients.</summary>
    /// <value>Null by default: secrets are not stored. A later apply can still read secrets that were never rotated.</value>
    public ISecretSink? Secrets { get; set; }

    /// <summary>Whether the sink may replace secrets of other app clients that it holds under the same names.</summary>
    /// <value>
    /// <see langword="false"/> by default: such a secret is an error (<see cref="ProvisioningError.Secret"/>) before anything is changed, unless
    /// its app client was in this user pool and is gone.
    /// </value>
    public bool ReplaceOtherSecrets { get; set; }

    /// <summary>How to wait until each app client gets a token.</summary>
    /// <value>Null by default: apply does not wait.</value>
    public ReadyOptions? Ready { get; set; }

    /// <summary>Finds the value of a variable that <see cref="AppClientBlueprint.SecretVariable"/> names; null if the variable is not set.</summary>
    /// <value>Null by default: the environment variables of the process.</value>
    public Func<string, string?>? SecretVariables { get; set; }
}
