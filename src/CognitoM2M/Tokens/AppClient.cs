using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tokens;

/// <summary>A client by name. Follows changes of its options; its tokens stay where they are as long as the options say the same.</summary>
internal sealed class AppClient(string name, IClientSettingsSource source, FindEntry find)
{
    private readonly Lock _changing = new();
    private volatile AppClientState? _state;

    public string Name { get; } = name;

    /// <summary>The client as its options are now.</summary>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">The options have never been valid.</exception>
    public AppClientState Current => _state is { } state && state.Version == source.Version ? state : Follow();

    public ValueTask<HeldToken> GetAsync(CognitoTokenRequest? request, CancellationToken cancellationToken)
    {
        var entry = Current.EntryOf(request);
        return request is { ForceRefresh: true } ? entry.RefreshAsync(Name, cancellationToken) : entry.GetAsync(Name, cancellationToken);
    }

    private AppClientState Follow()
    {
        lock (_changing)
        {
            var version = source.Version;
            if (_state is { } state && state.Version == version)
                return state;

            var settings = source.Load(Name, _state?.Settings);
            return _state = new AppClientState(settings, version, find);
        }
    }
}

/// <summary>One version of a client's settings, and the entry that most calls want, found without a look-up.</summary>
internal sealed class AppClientState(AppClientSettings settings, int version, FindEntry find)
{
    private volatile TokenEntry _entry = find(settings, null, null);

    public AppClientSettings Settings { get; } = settings;

    public int Version { get; } = version;

    /// <summary>The token that the client's own settings ask for, while it is fresh.</summary>
    public HeldToken? Fresh => _entry.Fresh;

    public TokenEntry EntryOf(CognitoTokenRequest? request)
    {
        if (request is not null and not { CanonicalScopes: null, CanonicalMetadata: null })
            return find(Settings, request, null);

        // Looked up again, so that the store sees it used, and gets it back if it had to make room meanwhile.
        return _entry = find(Settings, null, _entry);
    }
}

/// <summary>The entry for what a client asks for.</summary>
/// <param name="settings">The client's settings.</param>
/// <param name="request">What is asked for instead of them.</param>
/// <param name="known">An entry for just that, put into the store if it has none; null to make one.</param>
internal delegate TokenEntry FindEntry(AppClientSettings settings, CognitoTokenRequest? request, TokenEntry? known);

/// <summary>Where the settings of clients come from, and when they may have changed.</summary>
internal interface IClientSettingsSource
{
    /// <summary>Changes whenever settings may have changed.</summary>
    int Version { get; }

    /// <param name="clientName">Whose.</param>
    /// <param name="former">What is in force; stays so if the new settings are not valid. Null the first time.</param>
    /// <exception cref="Microsoft.Extensions.Options.OptionsValidationException">Not valid, and none in force.</exception>
    AppClientSettings Load(string clientName, AppClientSettings? former);
}
