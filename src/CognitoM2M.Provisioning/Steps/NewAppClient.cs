namespace CognitoM2M.Provisioning.Steps;

/// <summary>An app client that a step of this run has created.</summary>
internal sealed class NewAppClient(ProvisionedAppClient client)
{
    public ProvisionedAppClient Client { get; } = client;

    /// <summary>Whether the list of app clients has shown this app client, and no other that counts under its name. Its secret may then be stored.</summary>
    public bool IsConfirmed { get; set; }

    /// <summary>Whether the sink has the secret, so that somebody may use it.</summary>
    public bool HasStoredSecret { get; set; }
}
