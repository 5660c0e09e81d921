namespace CognitoM2M.Settings;

/// <summary>Settings that never change, for use without a container.</summary>
internal sealed class FixedSettingsSource(AppClientSettings settings) : IClientSettingsSource
{
    public int Version => 0;

    public void Watch(Action onChange)
    {
        // The settings never change.
    }

    public AppClientSettings Load(string clientName, AppClientSettings? former) => settings;
}
