using System.Collections.Concurrent;
using CognitoM2M.Diagnostics;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tokens;

/// <summary>Finds the client by name and its entry by what is asked for; everything else is the entry's.</summary>
internal sealed class CachingTokenProvider : ICognitoTokenProvider, IDisposable
{
    // Clients are named at run time, one per tenant perhaps. Their tokens are in the store; what is kept here is quickly made again.
    private const int MostClients = 20_000;

    private readonly ConcurrentDictionary<string, AppClient> _clients = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _stopping = new();
    private readonly IClientSettingsSource _settings;
    private readonly Instruments _instruments;
    private readonly MonotonicClock _clock;
    private readonly TokenHttp _http;
    private readonly TokenEntryStore _store;
    private readonly Func<double> _random;

    public CachingTokenProvider(
        IClientSettingsSource settings, Func<HttpClient> createHttpClient, TimeProvider timeProvider, Instruments instruments, Func<double>? random = null)
    {
        _settings = settings;
        _instruments = instruments;
        _random = random ?? Random.Shared.NextDouble;
        _clock = new MonotonicClock(timeProvider);
        _http = new TokenHttp(createHttpClient, _clock, _stopping.Token);
        _store = new TokenEntryStore(_clock);
    }

    public ValueTask<CognitoAccessToken> GetTokenAsync(
        string clientName, CognitoTokenRequest? request = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clientName);

        // Only what can be answered at once stays out of the async method, which would cost more than the answer.
        return request is null
            && _clients.TryGetValue(clientName, out var client)
            && client.Current.Fresh is { } held
            ? new ValueTask<CognitoAccessToken>(held.Token)
            : GetSlowlyAsync(clientName, request, cancellationToken);
    }

    /// <summary>The client of that name, for those who want it again and again.</summary>
    public AppClient GetClient(string clientName)
    {
        ArgumentException.ThrowIfNullOrEmpty(clientName);
        if (_clients.TryGetValue(clientName, out var known))
            return known;

        var client = CreateClient(clientName, usualRequest: null);
        if (_clients.Count >= MostClients)
            _clients.Clear();
        return _clients.GetOrAdd(clientName, client);
    }

    /// <summary>A client of that name that usually asks for something else than its settings say. Whoever asks keeps it.</summary>
    public AppClient CreateClient(string clientName, CognitoTokenRequest? usualRequest)
    {
        var client = new AppClient(clientName, usualRequest, _settings, FindEntry);
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

    private TokenEntry FindEntry(AppClientSettings settings, CognitoTokenRequest? request, TokenEntry? known)
    {
        var key = settings.KeyFor(request);
        return _store.GetOrAdd(key, () => known ?? CreateEntry(settings, key));
    }

    private TokenEntry CreateEntry(AppClientSettings settings, TokenEntryKey key)
    {
        var telemetry = new TokenTelemetry(_instruments, settings.ClientName, settings.Route, key.Scopes);
        return new TokenEntry(new TokenFetcher(settings, key.Scopes, key.Metadata, _http, telemetry), _clock, _random, telemetry);
    }
}
