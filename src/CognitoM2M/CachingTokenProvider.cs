using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Sharing;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M;

/// <summary>Finds the client by name and its entry by what is asked for; everything else is the entry's.</summary>
internal sealed class CachingTokenProvider : ICognitoTokenProvider, IDisposable
{
    // Clients are named at run time, one per tenant perhaps. Their tokens are in the store; what is kept here is quickly made again.
    private const int MostClients = TokenEntryStore.DefaultCapacity;

    private readonly ConcurrentDictionary<string, AppClient> _clients = new(StringComparer.Ordinal);
    private readonly ConditionalWeakTable<IDistributedCache, SharedStore> _sharedStores = [];
    private readonly CancellationTokenSource _stopping = new();
    private readonly IClientSettingsSource _settings;
    private readonly Instruments _instruments;
    private readonly MonotonicClock _clock;
    private readonly TokenHttp _http;
    private readonly TokenEntryStore _store;
    private readonly IBackgroundWork _background;
    private readonly Func<double> _random;
    private int _following;

    public CachingTokenProvider(
        IClientSettingsSource settings,
        Func<HttpClient> createHttpClient,
        TimeProvider timeProvider,
        Instruments instruments,
        Func<double>? random = null,
        IBackgroundWork? background = null)
    {
        _settings = settings;
        _instruments = instruments;
        _random = random ?? Random.Shared.NextDouble;
        _background = background ?? ThreadPoolWork.Instance;
        _clock = new MonotonicClock(timeProvider);
        _http = new TokenHttp(createHttpClient, _clock, _stopping.Token);
        _store = new TokenEntryStore(_clock);

        instruments.Watch(() => Statuses);
        settings.Watch(FollowChange);
    }

    /// <summary>How each client stands that a token was asked for.</summary>
    public IEnumerable<ClientStatus> Statuses => _clients.Values.Select(client => client.Status).OfType<ClientStatus>();

    public ValueTask<CognitoAccessToken> GetTokenAsync(
        string clientName, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientName);

        // Only what can be answered at once stays out of the async method, which would cost more than the answer.
        if (request is not null || !_clients.TryGetValue(clientName, out var client) || client.Fresh is not { } held)
            return GetSlowlyAsync(clientName, request, cancellationToken);

        client.ServedFresh();
        return new ValueTask<CognitoAccessToken>(held.Token);
    }

    /// <summary>The client of that name, for those who want it again and again.</summary>
    public AppClient GetClient(string clientName)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (_clients.TryGetValue(clientName, out var known))
            return known;

        var client = CreateClient(clientName, usualRequest: null, original: null);
        if (_clients.Count >= MostClients)
            _clients.Clear();
        return _clients.GetOrAdd(clientName, client);
    }

    /// <summary>A client of that name that usually asks for something else than its settings say. Whoever asks keeps it.</summary>
    public AppClient CreateClient(string clientName, CognitoTokenRequest usualRequest) =>
        CreateClient(clientName, usualRequest, GetClient(clientName));

    private AppClient CreateClient(string clientName, CognitoTokenRequest? usualRequest, AppClient? original)
    {
        var client = new AppClient(clientName, usualRequest, original, _settings, FindEntry, gone => _store.Remove(gone.Owns), _instruments);
        // A name whose options cannot be built fails here.
        _ = client.Current;
        return client;
    }

    public void Dispose()
    {
        if (_stopping.IsCancellationRequested)
            return;

        _stopping.Cancel();
        (_settings as IDisposable)?.Dispose();
        _store.Dispose();
        _instruments.Dispose();
    }

    private async ValueTask<CognitoAccessToken> GetSlowlyAsync(string clientName, CognitoTokenRequest? request, CancellationToken cancellationToken)
    {
        ObjectDisposedException.ThrowIf(_stopping.IsCancellationRequested, typeof(ICognitoTokenProvider));
        var held = await GetClient(clientName).GetAsync(request, cancellationToken).ConfigureAwait(false);
        return held.Token;
    }

    private TokenEntry FindEntry(AppClientSettings settings, CognitoTokenRequest? request, TokenEntry? known, AppClientSettings? former)
    {
        var key = settings.KeyFor(request);
        return _store.GetOrAdd(key, () => known ?? CreateEntry(settings, key, FormerEntry(key, former?.KeyFor(request))));
    }

    /// <summary>The entry under the former settings, if they differ in nothing but the secret.</summary>
    private TokenEntry? FormerEntry(TokenEntryKey key, TokenEntryKey? former) =>
        former is not null && former != key && former with { SecretIdentity = key.SecretIdentity } == key ? _store.Find(former) : null;

    private TokenEntry CreateEntry(AppClientSettings settings, TokenEntryKey key, TokenEntry? former)
    {
        var telemetry = new TokenTelemetry(_instruments, settings.ClientName, settings.Route, key.Scopes, settings.PricePerTokenRequest);
        ITokenFetcher fetcher = new TokenFetcher(settings, key.Scopes, key.Metadata, _http, telemetry);
        if (settings.DistributedCache is { } cache)
            fetcher = new SharedTierFetcher(fetcher, key, StoreOver(cache), _http, _random, telemetry);
        return new TokenEntry(fetcher, _clock, _random, telemetry, _background, former);
    }

    // One for each cache, so that all clients know at once when it is out of order.
    private SharedStore StoreOver(IDistributedCache cache) =>
        _sharedStores.GetValue(cache, cache => new SharedStore(cache, _clock, _random, _instruments, _background));

    /// <summary>Nobody calls a client that was removed any more, so somebody has to look whether any was.</summary>
    private void FollowChange()
    {
        if (Interlocked.Exchange(ref _following, 1) == 1)
            return;

        _background.Start(() =>
        {
            Volatile.Write(ref _following, 0);
            foreach (var (name, client) in _clients)
            {
                client.Refresh();
                if (client.Status is null)
                    _clients.TryRemove(new(name, client));
            }

            return Task.CompletedTask;
        });
    }
}
