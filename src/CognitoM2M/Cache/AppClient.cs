using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cache;

/// <summary>
/// A client by name, perhaps with scopes other than its own. Follows changes of its options; its tokens stay where they are as long
/// as the options say the same.
/// </summary>
/// <param name="name">Its name.</param>
/// <param name="usualRequest">What most calls ask for instead of what the settings say.</param>
/// <param name="original">The client of that name that follows the options, if that is another one: a change is to be followed once.</param>
/// <param name="source">Where the settings come from.</param>
/// <param name="find">Finds entries.</param>
/// <param name="drop">Drops the entries of settings that are out of use.</param>
/// <param name="instruments">Who is told.</param>
internal sealed class AppClient(
    string name, CognitoTokenRequest? usualRequest, AppClient? original, IClientSettingsSource source, FindEntry find, Action<AppClientSettings> drop, Instruments instruments)
{
    private readonly Lock _changing = new();
    private volatile AppClientState? _state;

    public string Name { get; } = name;

    /// <summary>The client as its options are now.</summary>
    /// <exception cref="OptionsValidationException">The options have never been valid, or the client was removed.</exception>
    public AppClientState Current => _state is { } state && state.Version == source.Version ? state : Follow();

    /// <summary>The token that most calls want, while it is fresh.</summary>
    public HeldToken? Fresh => Current.Fresh;

    /// <summary>Follows a change of the options, if there was one, before a call has to.</summary>
    public void Refresh()
    {
        try
        {
            _ = Current;
        }
        catch (Exception)
        {
            // Gone, or its options throw; whoever calls gets to see why.
        }
    }

    /// <summary>How the client stands; null before its first call.</summary>
    public ClientStatus? Status => _state?.StatusOf(Name);

    /// <summary>Counts a call that got the fresh token, which no entry got to see.</summary>
    public void ServedFresh() => instruments.Served(Name, TokenOrigin.Memory);

    public ValueTask<HeldToken> GetAsync(CognitoTokenRequest? request, CancellationToken cancellationToken)
    {
        var state = Current;
        var entry = state.EntryOf(request);
        return request is { ForceRefresh: true }
            ? entry.RefreshAsync(state.Settings, cancellationToken)
            : entry.GetAsync(state.Settings, cancellationToken);
    }

    /// <summary>The same for synchronous callers.</summary>
    public HeldToken Get(CognitoTokenRequest? request, CancellationToken cancellationToken)
    {
        if (request is { ForceRefresh: true })
        {
#pragma warning disable VSTHRD002 // The caller is synchronous.
            return GetAsync(request, cancellationToken).AsTask().GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        }

        var state = Current;
        return state.EntryOf(request).Get(state.Settings, cancellationToken);
    }

    /// <summary>
    /// Another token in place of one that the API answered 401 to; null if none can be had now. Asks the entry that is in force, which
    /// may have got one since, under another secret even.
    /// </summary>
    public ValueTask<HeldToken?> ReplaceAsync(HeldToken rejected, CognitoTokenRequest? request, string host, CancellationToken cancellationToken)
    {
        var state = Current;
        return state.EntryOf(request).ReplaceAsync(rejected, state.Settings, host, cancellationToken);
    }

    private AppClientState Follow()
    {
        lock (_changing)
        {
            var version = source.Version;
            var former = _state;
            if (former is not null && former.Version == version)
                return former;

            if (original is not null)
            {
                // Until that is known to be there still.
                _state = null;
                var theirs = original.Current;
                return _state = new AppClientState(theirs.Settings, theirs.Former, theirs.Version, usualRequest, find, former);
            }

            try
            {
                var settings = source.Load(Name, former?.Settings);
                var formerSettings = former?.Former;
                if (former is not null && !former.Settings.HasSameCredentials(settings))
                {
                    // Of those in force until now the entries stay, for the new ones to fall back on.
                    drop(settings);
                    DropFormerOf(former);
                    formerSettings = former.Settings;
                }

                return _state = new AppClientState(settings, formerSettings, version, usualRequest, find, former);
            }
            catch (OptionsValidationException) when (former is not null)
            {
                // Removed: what it was given goes as well.
                _state = null;
                drop(former.Settings);
                DropFormerOf(former);
                Instruments.Quietly(() => Log.ClientRemoved(instruments.Logger, Name));
                throw;
            }
        }
    }

    private void DropFormerOf(AppClientState state)
    {
        if (state.Former is { } settings)
            drop(settings);
    }
}

/// <summary>One version of a client's settings, and the entry that most calls want, found without a look-up.</summary>
internal sealed class AppClientState
{
    private readonly CognitoTokenRequest? _usualRequest;
    private readonly FindEntry _find;
    private readonly RecentDigests _formerlyIssued;
    private volatile TokenEntry _entry;

    public AppClientState(
        AppClientSettings settings, AppClientSettings? formerSettings, int version, CognitoTokenRequest? usualRequest, FindEntry find, AppClientState? former)
    {
        Settings = settings;
        Former = formerSettings;
        Version = version;
        _usualRequest = usualRequest;
        _find = find;
        _formerlyIssued = former is null ? RecentDigests.None : former._entry.Issued.Then(former._formerlyIssued);
        _entry = find(settings, usualRequest, former is not null && former.Key == Key ? former._entry : null, Former);
    }

    public AppClientSettings Settings { get; }

    /// <summary>The settings before credentials were last changed.</summary>
    public AppClientSettings? Former { get; }

    public int Version { get; }

    /// <summary>The token that most calls want, while it is fresh.</summary>
    public HeldToken? Fresh => _entry.Fresh;

    private TokenEntryKey Key => Settings.KeyFor(_usualRequest);

    public TokenEntry EntryOf(CognitoTokenRequest? request)
    {
        if (request is not null and not { CanonicalScopes: null, CanonicalMetadata: null })
            return _find(Settings, request, null, Former);

        // Looked up again, so that the store sees it used, and gets it back if it had to make room meanwhile.
        return _entry = _find(Settings, _usualRequest, _entry, Former);
    }

    public ClientStatus StatusOf(string clientName) => _entry.StatusOf(clientName);

    /// <summary>Whether a header value is one of ours, from now or from before the last change of the options.</summary>
    public bool HasIssued(string headerValue, CognitoTokenRequest? request) =>
        EntryOf(request).Issued.Contains(headerValue) || _formerlyIssued.Contains(headerValue);
}

/// <summary>The entry for what a client asks for.</summary>
/// <param name="settings">The client's settings.</param>
/// <param name="request">What is asked for instead of them.</param>
/// <param name="known">An entry for just that, put into the store if it has none; null to make one.</param>
/// <param name="former">Settings with another secret perhaps, for the case that this one brings no token; if the entry is made.</param>
internal delegate TokenEntry FindEntry(AppClientSettings settings, CognitoTokenRequest? request, TokenEntry? known, AppClientSettings? former);

/// <summary>Where the settings of clients come from, and when they may have changed.</summary>
internal interface IClientSettingsSource
{
    /// <summary>Changes whenever settings may have changed.</summary>
    int Version { get; }

    /// <summary>Has the one watcher told of every change of <see cref="Version"/>, on whatever thread makes it.</summary>
    void Watch(Action onChange);

    /// <param name="clientName">Whose.</param>
    /// <param name="former">What is in force; stays so if the new settings are not valid. Null the first time.</param>
    /// <exception cref="OptionsValidationException">Not valid, and none in force; or the client is not there any more.</exception>
    AppClientSettings Load(string clientName, AppClientSettings? former);
}
