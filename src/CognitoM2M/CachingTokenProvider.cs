using System.Collections.Concurrent;
using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.SignIn;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M;

/// <summary>Finds app clients by name. The client finds its cache entry, and the entry does the rest.</summary>
internal sealed class CachingTokenProvider : ICognitoTokenProvider, IDisposable, IAsyncDisposable
{
    // Clients may be named at run time, one per tenant. Their tokens are in the store; a client itself is quickly made again.
    private const int MaxClients = TokenEntryStore.DefaultCapacity;

    private readonly ConcurrentDictionary<string, AppClient> _clients = new(StringComparer.Ordinal);
    // The clients of HttpClients that request other scopes or metadata, or a longer minimum, than the settings. Handlers come and go; a client stays.
    private readonly ConcurrentDictionary<(string Name, string? Scopes, string? Metadata, TimeSpan Minimum), AppClient> _clientsWithRequest = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly IClientSettingsSource _settings;
    private readonly Instruments _instruments;
    private readonly TokenEntryStore _store;
    private readonly EntryDirectory _entries;
    private readonly ClientPaces _paces;
    private readonly UserSessions _sessions;
    private readonly IBackgroundWork _background;
    private int _following;
    private int _isStopped;

    public CachingTokenProvider(
        IClientSettingsSource settings,
        Func<HttpClient> createHttpClient,
        TimeProvider timeProvider,
        Instruments instruments,
        Func<double>? random = null,
        IBackgroundWork? background = null,
        RequestPacers? pacers = null)
    {
        _settings = settings;
        _instruments = instruments;
        _background = background ?? ThreadPoolWork.Instance;

        var clock = MonotonicClock.Find(timeProvider);
        pacers ??= RequestPacers.GetOfProcess(clock);
        _paces = new ClientPaces(pacers);
        var http = new TokenHttp(createHttpClient, clock, pacers, _stopping.Token);
        _sessions = new UserSessions(http, instruments);
        var factory = new TokenEntryFactory(http, _sessions, random ?? Random.Shared.NextDouble, instruments, _background);
        _store = new TokenEntryStore(clock);
        _entries = new EntryDirectory(_store, factory.Create, IsUsedByOther);

        instruments.Watch(() => Statuses);
        settings.Watch(FollowChange);
    }

    /// <summary>The status of each client that a token was requested for, and of each HttpClient that requests another token than its client.</summary>
    public IEnumerable<ClientStatus> Statuses => AllClients.Select(client => client.Status).OfType<ClientStatus>();

    private IEnumerable<AppClient> AllClients => _clients.Values.Concat(_clientsWithRequest.Values);

    public ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientName);

        // Only a fresh token is returned from here. An async method would take more time than the rest of the call.
        if (!_clients.TryGetValue(clientName, out var client) || client.Fresh is not { } held)
            return GetFromEntryAsync(clientName, request: null, cancellationToken);

        client.CountFresh();
        return new ValueTask<CognitoAccessToken>(held.Token);
    }

    public ValueTask<CognitoAccessToken> GetTokenAsync(string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientName);

        return request is null ? GetTokenAsync(clientName, cancellationToken) : GetFromEntryAsync(clientName, request, cancellationToken);
    }

    public async ValueTask<CognitoAccessToken?> ReplaceRejectedTokenAsync(
        string clientName, CognitoAccessToken rejectedToken, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientName);
        ArgumentNullException.ThrowIfNull(rejectedToken);

        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, typeof(ICognitoTokenProvider));
        var newer = await GetClient(clientName)
            .ReplaceAsync(rejectedToken, "a caller of ReplaceRejectedTokenAsync", request, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        return newer?.Token;
    }

    /// <summary>The client of this name. A caller that needs the client often should keep it.</summary>
    public AppClient GetClient(string clientName)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (_clients.TryGetValue(clientName, out var known))
            return known;

        AppClient client;
        try
        {
            client = CreateClient(clientName, usualRequest: null, new FollowedSettings(clientName, _settings, _entries, _paces, _instruments));
        }
        catch (Exception) when (_clients.TryGetValue(clientName, out known))
        {
            // Meanwhile another thread has made the client, from options that were still valid.
            return known;
        }

        if (_clients.Count >= MaxClients)
        {
            _clients.Clear();
            _clientsWithRequest.Clear();
            _paces.Clear();
        }

        return _clients.GetOrAdd(clientName, client);
    }

    /// <summary>The client of this name that usually requests other scopes or metadata than its settings. A caller that needs the client often should keep it.</summary>
    public AppClient GetClient(string clientName, CognitoTokenRequest usualRequest)
    {
        var client = GetClient(clientName);
        if (usualRequest is { CanonicalScopes: null, CanonicalMetadata: null } && usualRequest.MinimumRemainingLifetime == TimeSpan.Zero)
            return client;

        var key = (clientName, usualRequest.CanonicalScopes, usualRequest.CanonicalMetadata, usualRequest.MinimumRemainingLifetime);
        if (_clientsWithRequest.TryGetValue(key, out var known))
            return known;
        if (_clientsWithRequest.Count >= MaxClients)
            _clientsWithRequest.Clear();
        return _clientsWithRequest.GetOrAdd(key, CreateClient(clientName, usualRequest, client.FollowedSettings));
    }

    public void Dispose()
    {
        if (!TryStop())
            return;

        // On another thread, so that no synchronization context of the caller is needed.
#pragma warning disable VSTHRD002 // Dispose is synchronous, and the revocation ends in time.
        if (_sessions.HasTokensToRevoke)
            Task.Run(RevokeRefreshTokensAsync).GetAwaiter().GetResult();
#pragma warning restore VSTHRD002
        DisposeParts();
    }

    public async ValueTask DisposeAsync()
    {
        if (!TryStop())
            return;

        await RevokeRefreshTokensAsync().ConfigureAwait(false);
        DisposeParts();
    }

    private bool TryStop()
    {
        if (Interlocked.Exchange(ref _isStopped, 1) == 1)
            return false;

        _stopping.Cancel();
        return true;
    }

    private async Task RevokeRefreshTokensAsync()
    {
        if (await _sessions.RevokeAllAsync().ConfigureAwait(false) is > 0 and var left)
            Log.RefreshTokensNotRevoked(_instruments.Logger, left);
    }

    private void DisposeParts()
    {
        (_settings as IDisposable)?.Dispose();
        _store.Dispose();
        _paces.Dispose();
        _instruments.Dispose();
    }

    private bool IsUsedByOther(string clientName, TokenEntryKey key) =>
        _clients.Any(client => client.Key != clientName && client.Value.FollowedSettings.Owns(key));

    private AppClient CreateClient(string clientName, CognitoTokenRequest? usualRequest, FollowedSettings settings)
    {
        var client = new AppClient(clientName, usualRequest, settings, _entries, _instruments);
        // Throws if the options of this name are not valid.
        _ = client.Current;
        return client;
    }

    private async ValueTask<CognitoAccessToken> GetFromEntryAsync(string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, typeof(ICognitoTokenProvider));
        var held = await GetClient(clientName).GetAsync(request, callerBlocks: false, cancellationToken).ConfigureAwait(false);
        return held.Token;
    }

    /// <summary>
    /// Looks at every client after a change of the options: a client that was removed is not called any more and would not notice. A removed client
    /// stays here, because the handlers that have it use it again when it comes back.
    /// </summary>
    private void FollowChange()
    {
        if (Interlocked.Exchange(ref _following, 1) == 1)
            return;

        _background.Start(() =>
        {
            Volatile.Write(ref _following, 0);
            foreach (var client in AllClients)
                client.Refresh();

            return Task.CompletedTask;
        });
    }
}
