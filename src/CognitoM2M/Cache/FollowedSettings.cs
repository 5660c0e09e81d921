using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cache;

/// <summary>
/// The settings of one client name as its options are now. Follows each change of the options once, for all handlers that use the client:
/// entries move to the new settings, the entries of a removed client are dropped, and the pace of token requests follows the limit of the client.
/// </summary>
internal sealed class FollowedSettings(string clientName, IClientSettingsSource source, EntryDirectory entries, ClientPaces paces, Instruments instruments)
{
    private readonly Lock _gate = new();
    private volatile SettingsVersion? _current;

    /// <summary>Changes whenever the settings may have changed.</summary>
    public int Version => source.Version;

    /// <summary>The settings in force.</summary>
    /// <exception cref="OptionsValidationException">The options have never been valid, or the client was removed.</exception>
    public SettingsVersion Current => _current is { } current && current.Version == source.Version ? current : Follow();

    /// <summary>Whether the entry with this key belongs to the settings that were followed last.</summary>
    public bool Owns(TokenEntryKey key) => _current is { } current && current.Settings.Owns(key);

    private SettingsVersion Follow()
    {
        lock (_gate)
        {
            // The version is read before the settings, so that a change between the two is followed next time.
            var version = source.Version;
            var former = _current;
            if (former is not null && former.Version == version)
                return former;

            try
            {
                var settings = source.Load(clientName, former?.Settings);
                if (former is not null)
                    entries.Move(clientName, former.Settings, settings);
                paces.Set(settings);
                return _current = new SettingsVersion(settings, version);
            }
            catch (OptionsValidationException) when (former is not null)
            {
                _current = null;
                entries.Remove(clientName, former.Settings);
                paces.Remove(clientName);
                Log.ClientRemoved(instruments.Logger, clientName);
                throw;
            }
        }
    }
}

/// <summary>Settings, and the version of the options that they were made from.</summary>
internal sealed record SettingsVersion(AppClientSettings Settings, int Version);
