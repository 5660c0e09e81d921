using CognitoM2M.Settings;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>One version of a client's settings, with the entry for the request that most calls make. This entry is found without a look-up.</summary>
internal sealed class AppClientState
{
    private readonly CognitoTokenRequest? _usualRequest;
    private readonly TimeSpan _minimum;
    private readonly EntryDirectory _entries;
    private readonly RecentDigests _formerlyIssued;
    private volatile TokenEntry _usual;

    public AppClientState(SettingsVersion current, CognitoTokenRequest? usualRequest, EntryDirectory entries, AppClientState? former)
    {
        Settings = current.Settings;
        Version = current.Version;
        _usualRequest = usualRequest;
        _minimum = FindMinimum(usualRequest);
        _entries = entries;
        _formerlyIssued = former is null ? RecentDigests.None : former._usual.State.Issued.Then(former._formerlyIssued);
        _usual = entries.Find(Settings, usualRequest, former is not null && former.UsualKey == UsualKey ? former._usual : null);
    }

    public AppClientSettings Settings { get; }

    public int Version { get; }

    /// <summary>The token for the request that most calls make, while it is fresh.</summary>
    public HeldToken? Fresh => _usual.FindFresh(_minimum);

    /// <summary>The entry for the request that most calls make.</summary>
    public TokenEntry Usual => _usual;

    private TokenEntryKey UsualKey => Settings.CreateKey(_usualRequest);

    /// <summary>How long the token for a request must still be valid; null for the request that most calls make.</summary>
    public TimeSpan FindMinimum(CognitoTokenRequest? request)
    {
        var ofRequest = (request ?? _usualRequest)?.MinimumRemainingLifetime ?? TimeSpan.Zero;
        return ofRequest > Settings.MinimumRemainingLifetime ? ofRequest : Settings.MinimumRemainingLifetime;
    }

    public TokenEntry FindEntry(CognitoTokenRequest? request)
    {
        if (request is not null and not { CanonicalScopes: null, CanonicalMetadata: null })
            return _entries.Find(Settings, request);

        // Look the entry up again: the store then counts the entry as used, or takes the entry back if the store had dropped it to make room.
        return _usual = _entries.Find(Settings, _usualRequest, _usual);
    }

    /// <summary>Whether an Authorization header holds a token of this client, from now or from before the last change of its options.</summary>
    public bool HasIssued(string headerValue, CognitoTokenRequest? request) =>
        FindEntry(request).State.Issued.Contains(headerValue) || _formerlyIssued.Contains(headerValue);
}
