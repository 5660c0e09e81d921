namespace CognitoM2M.Provisioning;

/// <summary>Settings of <see cref="CognitoProvisioner.ImportAsync"/>.</summary>
public sealed class ImportOptions
{
    /// <summary>
    /// The names of the app clients to take. If the user pool lacks the tag <see cref="OwnershipTag.Key"/>, it is external in the blueprint, with its
    /// domains and with the resource servers of these app clients, and the blueprint has the ids of the app clients.
    /// </summary>
    /// <value>Null by default: all app clients that a blueprint can describe. Each name must be the name of exactly one app client.</value>
    public IReadOnlyList<string>? AppClients { get; set; }
}
