using Microsoft.Extensions.Options;

namespace CognitoM2M.Settings;

/// <summary>Where the settings of clients come from, and when they may have changed.</summary>
internal interface IClientSettingsSource
{
    /// <summary>Changes whenever settings may have changed.</summary>
    int Version { get; }

    /// <summary>Registers the one callback that runs after every change of <see cref="Version"/>, on the thread that makes the change.</summary>
    void Watch(Action onChange);

    /// <summary>Reads the settings of a client.</summary>
    /// <param name="clientName">The client's name.</param>
    /// <param name="former">The settings in force, which stay in force if the new settings are not valid; null the first time.</param>
    /// <exception cref="OptionsValidationException">The settings are not valid and none are in force, or the client was removed.</exception>
    AppClientSettings Load(string clientName, AppClientSettings? former);
}
