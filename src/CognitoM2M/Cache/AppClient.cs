using CognitoM2M.Diagnostics;
using CognitoM2M.Secrets;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Cache;

/// <summary>An app client by name, with the request that most of its calls make: for the scopes of its settings, or for other scopes that a handler was made with.</summary>
/// <param name="name">The client's name.</param>
/// <param name="usualRequest">The request that most calls make; null for the scopes and metadata of the settings.</param>
/// <param name="settings">The client's settings. All objects for the same client name share the settings.</param>
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

    /// <summary>The token for the request that most calls make, while it is fresh; null also if a change of the options was not applied yet.</summary>
    public HeldToken? Fresh => KnownCurrent?.Fresh;

    /// <summary>Describes the client for gauges and health checks; null if it was removed.</summary>
    public ClientStatus? Status => _state?.Usual.DescribeStatus(Name) is { } status ? status with { Scopes = usualRequest?.CanonicalScopes } : null;

    private AppClientState? KnownCurrent => _state is { } state && state.Version == FollowedSettings.Version ? state : null;

    /// <summary>Applies a change of the options before the next call.</summary>
    public void Refresh()
    {
        try
        {
            _ = Current;
        }
        catch (Exception)
        {
            // The client was removed, or its options throw. The next call reports why.
        }
    }

    /// <summary>Whether the calling code runs on behalf of the source of this client's secret.</summary>
    public bool IsAskedBySecretSource => SecretQuestion.IsAsking && SecretQuestion.IsAskedFor(Current.Settings.Secret);

    /// <summary>Counts a call that got the fresh token without asking its entry.</summary>
    public void CountFresh() => instruments.Served(Name, TokenOrigin.Memory);

    /// <summary>Returns a usable token, or a new one if the request demands it.</summary>
    /// <param name="request">The scopes and metadata to request; null for the request that most calls make.</param>
    /// <param name="callerBlocks">Whether the caller is synchronous; the task has then ended when this method returns.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<HeldToken> GetAsync(CognitoTokenRequest? request, bool callerBlocks, CancellationToken cancellationToken)
    {
        var current = Current;
        var entry = current.FindEntry(request);
        var caller = new Caller(Name, callerBlocks, current.FindMinimum(request), cancellationToken);
        return SecretQuestion.IsAsking ? GetForSourceAsync(current.Settings.Secret, entry, request, caller) : Get(entry, request, caller);
    }

    /// <summary>Returns another token in place of one that a receiver rejected; null if there is no other token now. Asks the entry that is in force now.</summary>
    /// <param name="rejected">The token.</param>
    /// <param name="rejectedBy">Who rejected it, for the log.</param>
    /// <param name="request">The scopes and metadata that the token was requested with; null for the request that most calls make.</param>
    /// <param name="callerBlocks">Whether the caller is synchronous; the task has then ended when this method returns.</param>
    /// <param name="cancellationToken">Ends this caller's wait.</param>
    public ValueTask<HeldToken?> ReplaceAsync(
        CognitoAccessToken rejected, string rejectedBy, CognitoTokenRequest? request, bool callerBlocks, CancellationToken cancellationToken)
    {
        var current = Current;
        var entry = current.FindEntry(request);
        var caller = new Caller(Name, callerBlocks, Minimum: TimeSpan.Zero, cancellationToken);
        return SecretQuestion.IsAsking
            ? ReplaceForSourceAsync(current.Settings.Secret, entry, rejected, rejectedBy, caller)
            : entry.ReplaceAsync(rejected, rejectedBy, caller);
    }

    private static ValueTask<HeldToken> Get(TokenEntry entry, CognitoTokenRequest? request, Caller caller) =>
        request is { ForceRefresh: true } ? entry.RefreshAsync(caller) : entry.GetAsync(caller);

    /// <summary>The source of a client secret needs a token for its own request. It must not wait for a token that needs the secret it is asked for.</summary>
    private static async ValueTask<HeldToken> GetForSourceAsync(Secret secret, TokenEntry entry, CognitoTokenRequest? request, Caller caller)
    {
        var isHeld = request is not { ForceRefresh: true } && entry.HasValid(caller.Minimum) && !SecretQuestion.IsAskedFor(secret);
        using var wait = isHeld ? null : SecretQuestion.StartWait(secret, caller.ClientName);
        return await Get(entry, request, caller).ConfigureAwait(false);
    }

    private static async ValueTask<HeldToken?> ReplaceForSourceAsync(
        Secret secret, TokenEntry entry, CognitoAccessToken rejected, string rejectedBy, Caller caller)
    {
        IDisposable? wait;
        try
        {
            wait = SecretQuestion.StartWait(secret, caller.ClientName);
        }
        catch (CognitoTokenException)
        {
            // A new token needs the secret that the source is asked for.
            return null;
        }

        using (wait)
            return await entry.ReplaceAsync(rejected, rejectedBy, caller).ConfigureAwait(false);
    }

    private AppClientState Follow()
    {
        lock (_gate)
        {
            var former = _state;
            // Clear the state first: reading the settings throws if the client was removed, and then no state of the client stays.
            _state = null;
            var current = FollowedSettings.Current;
            return _state = former is not null && former.Version == current.Version ? former : new AppClientState(current, usualRequest, entries, former);
        }
    }
}
