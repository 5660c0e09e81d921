namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.ImportAsync"/>.</summary>
public sealed class ImportOptions
{
    /// <summary>The names of the app clients to take.</summary>
    /// <value>Null by default: all app clients that a blueprint can describe. Each name must be the name of exactly one app client.</value>
    public IReadOnlyList<string>? AppClients { get; set; }
}
