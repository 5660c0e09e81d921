using CognitoM2M.Diagnostics;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cache;

/// <summary>A client by name, with what most of its calls ask for: the scopes of its settings, or others that a handler was made with.</summary>
/// <param name="name">The client's name.</param>
/// <param name="usualRequest">What most calls ask for; null for what the settings say.</param>
/// <param name="settings">The client's settings. All app clients of one name share them.</param>
/// <param name="entries">Finds entries.</param>
/// <param name="instruments">Counts calls.</param>
internal sealed class AppClient(
    string name, CognitoTokenRequest? usualRequest, FollowedSettings settings, EntryDirectory entries, Instruments instruments)
{
    private readonly Lock _gate = new();
    private volatile AppClientState? _state;

    public string Name { get; } = name;

    public FollowedSettings FollowedSettings { get; } = settings;

    /// <summary>The client as its options are now.</summary>
    /// <exception cref="OptionsValidationException">The options have never been valid, or the client was removed.</exception>
    public AppClientState Current => KnownCurrent ?? Follow();

    /// <summary>The token that most calls ask for, while it is fresh; null also if the options have changed and were not followed yet.</summary>
    public HeldToken? Fresh => KnownCurrent?.Fresh;

    /// <summary>Describes the client for gauges and health checks; null before its first call.</summary>
    public ClientStatus? Status => _state?.Usual.DescribeStatus(Name);

    private AppClientState? KnownCurrent => _state is { } state && state.Version == FollowedSettings.Version ? state : null;

    /// <summary>Follows a change of the options, before a call has to.</summary>
    /// <returns>Whether the client still has options.</returns>
    public bool TryRefresh()
    {
        try
        {
            _ = Current;
            return true;
        }
        catch (Exception)
        {
            // The client was removed, or its options throw. The next call reports why.
            return false;
        }
    }

    /// <summary>Counts a call that got the fresh token without asking its entry.</summary>
    public void CountFresh() => instruments.Served(Name, TokenOrigin.Memory);

    /// <summary>Returns a usable token, or a new one if the request demands it.</summary>
    /// <param name="request">What the token is requested for; null for what most calls ask for.</param>
    /// <param name="callerBlocks">Whether the caller is synchronous; the task has then ended when this method returns.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<HeldToken> GetAsync(CognitoTokenRequest? request, bool callerBlocks, CancellationToken cancellationToken)
    {
        var entry = Current.FindEntry(request);
        return request is { ForceRefresh: true }
            ? entry.RefreshAsync(Name, callerBlocks, cancellationToken)
            : entry.GetAsync(Name, callerBlocks, cancellationToken);
    }

    /// <summary>Returns another token in place of one that a receiver rejected; null if none can be had now. Asks the entry that is in force now.</summary>
    /// <param name="rejected">The token.</param>
    /// <param name="rejectedBy">Who rejected it, for the log.</param>
    /// <param name="request">What the token was requested for; null for what most calls ask for.</param>
    /// <param name="callerBlocks">Whether the caller is synchronous; the task has then ended when this method returns.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<HeldToken?> ReplaceAsync(
        CognitoAccessToken rejected, string rejectedBy, CognitoTokenRequest? request, bool callerBlocks, CancellationToken cancellationToken) =>
        Current.FindEntry(request).ReplaceAsync(rejected, rejectedBy, Name, callerBlocks, cancellationToken);

    private AppClientState Follow()
    {
        lock (_gate)
        {
            var former = _state;
            // Cleared first: reading the settings throws if the client was removed, and then nothing of it stays.
            _state = null;
            var current = FollowedSettings.Current;
            return _state = former is not null && former.Version == current.Version ? former : new AppClientState(current, usualRequest, entries, former);
        }
    }
}
