using System.Diagnostics;
using System.Diagnostics.Metrics;
using CognitoM2M.Shared;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Diagnostics;

/// <summary>The meter and the logger of one provider, for all its clients. Nothing here throws, although listeners may.</summary>
internal sealed class Instruments : IDisposable
{
    // Bucket limits for exporters. Without them, the first bucket of a histogram ends at five seconds.
    private static readonly InstrumentAdvice<double> _requestSeconds =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10, 30, 60] };

    private static readonly InstrumentAdvice<double> _storeSeconds =
        new() { HistogramBucketBoundaries = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5] };

    private readonly Meter? _ownMeter;
    private readonly QuietInstrument<long> _served;
    private readonly QuietInstrument<double> _storeDuration;
    private volatile Func<IEnumerable<ClientStatus>> _clients = () => [];

    public Instruments(ILogger logger, IMeterFactory? meterFactory)
    {
        Logger = logger;
        var meter = Quietly.Get(() => meterFactory?.Create(CognitoM2MDiagnostics.MeterName)) ?? (_ownMeter = new Meter(CognitoM2MDiagnostics.MeterName));
        Requests = new(() => meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRequests, "{request}", "Requests sent to Cognito."));
        Duration = new(() => meter.CreateHistogram(CognitoM2MDiagnostics.TokenRequestDuration, "s", "How long Cognito took to respond.", tags: null, _requestSeconds));
        TimeInQueue = new(() => meter.CreateHistogram(
            CognitoM2MDiagnostics.TokenRequestTimeInQueue, "s", "How long a token request waited for its turn.", tags: null, _requestSeconds));
        Cost = new(() => meter.CreateCounter<double>(CognitoM2MDiagnostics.TokenCost, "{USD}", "What successful token requests cost."));
        SavedRequests = new(() => meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenSavedRequests, "{request}", "Requests that were not sent, because the shared tier had a token."));
        SavedCost = new(() => meter.CreateCounter<double>(CognitoM2MDiagnostics.TokenSavedCost, "{USD}", "What the requests that were not sent would have cost."));
        Waits = new(() => meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenWaits, "{call}", "Calls that waited for a fetch."));
        Rejections = new(() => meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRejections, "{answer}", "Tokens that a receiver rejected."));
        _served = new(() => meter.CreateCounter<long>(CognitoM2MDiagnostics.TokensServed, "{call}", "Calls that got a token, by the source of the token."));
        _storeDuration = new(() => meter.CreateHistogram(
            CognitoM2MDiagnostics.SharedTierDuration, "s", "How long an operation on the distributed cache took.", tags: null, _storeSeconds));
        Quietly.Run(() => meter.CreateObservableGauge(
            CognitoM2MDiagnostics.TokenRemaining, () => Observe(clients => clients.Min(client => client.Remaining)), "s", "How long the client's token is still valid; 0 without a token."));
        Quietly.Run(() => meter.CreateObservableGauge(
            CognitoM2MDiagnostics.TokenBackOff, () => Observe(clients => clients.Max(client => client.BackOff)), "s", "How long Cognito is not asked after failures; 0 without failures."));
    }

    public ILogger Logger { get; }

    public QuietInstrument<long> Requests { get; }

    public QuietInstrument<double> Duration { get; }

    public QuietInstrument<double> TimeInQueue { get; }

    public QuietInstrument<double> Cost { get; }

    public QuietInstrument<long> SavedRequests { get; }

    public QuietInstrument<double> SavedCost { get; }

    public QuietInstrument<long> Waits { get; }

    public QuietInstrument<long> Rejections { get; }

    /// <summary>Sets what the gauges show. The statuses are read only when a listener reads the gauges.</summary>
    public void Watch(Func<IEnumerable<ClientStatus>> clients) => _clients = clients;

    /// <summary>Counts a call that got its token. Runs on every call, so it does nothing without a listener.</summary>
    public void Served(string client, TokenOrigin origin)
    {
        if (_served.IsEnabled)
            _served.Measure(1, new TagList { { TokenTags.Client, client }, { TokenTags.Source, TokenTags.Describe(origin) } });
    }

    public void StoreFailed(Exception error) => Log.StoreFailed(Logger, error, error.GetType().Name);

    public void StoreRecovered() => Log.StoreRecovered(Logger);

    public void StoreOperationEnded(string operation, TimeSpan took, string? error)
    {
        var tags = new TagList { { TokenTags.Operation, operation } };
        if (error is not null)
            tags.Add(TokenTags.Error, error);
        _storeDuration.Measure(took.TotalSeconds, tags);
    }

    public void Dispose()
    {
        _clients = () => [];
        if (_ownMeter is not null)
            Quietly.Run(_ownMeter.Dispose);
    }

    // Tokens that differ in their metadata only have the same tags. The worst of them counts.
    private IEnumerable<Measurement<double>> Observe(Func<IEnumerable<ClientStatus>, TimeSpan> value) =>
        _clients().GroupBy(client => (client.ClientName, client.Scopes)).Select(clients => new Measurement<double>(value(clients).TotalSeconds, TagClient(clients.Key)));

    private static KeyValuePair<string, object?>[] TagClient((string Name, string? Scopes) client)
    {
        var name = new KeyValuePair<string, object?>(TokenTags.Client, client.Name);
        return client.Scopes is null ? [name] : [name, new(TokenTags.Scopes, client.Scopes)];
    }
}
