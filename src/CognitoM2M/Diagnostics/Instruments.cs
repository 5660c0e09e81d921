using System.Diagnostics;
using System.Diagnostics.Metrics;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Diagnostics;

/// <summary>The meter and the logger of one provider, for all its clients.</summary>
internal sealed class Instruments : IDisposable
{
    private readonly Meter? _ownMeter;
    private readonly Counter<long> _served;
    private readonly Histogram<double> _storeDuration;
    private volatile Func<IEnumerable<ClientStatus>> _clients = () => [];

    public Instruments(ILogger logger, IMeterFactory? meterFactory)
    {
        Logger = logger;
        var meter = meterFactory?.Create(CognitoM2MDiagnostics.MeterName) ?? (_ownMeter = new Meter(CognitoM2MDiagnostics.MeterName));
        Requests = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRequests, "{request}", "Requests sent to Cognito.");
        Duration = meter.CreateHistogram<double>(CognitoM2MDiagnostics.TokenRequestDuration, "s", "How long Cognito took to respond.");
        Cost = meter.CreateCounter<double>(CognitoM2MDiagnostics.TokenCost, "{USD}", "What successful token requests cost.");
        SavedRequests = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenSavedRequests, "{request}", "Requests that were not sent, because the shared tier had a token.");
        SavedCost = meter.CreateCounter<double>(CognitoM2MDiagnostics.TokenSavedCost, "{USD}", "What the requests that were not sent would have cost.");
        Waits = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenWaits, "{call}", "Calls that waited for a fetch.");
        Rejections = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokenRejections, "{answer}", "Tokens that a receiver rejected.");
        _served = meter.CreateCounter<long>(CognitoM2MDiagnostics.TokensServed, "{call}", "Calls that got a token, by the source of the token.");
        _storeDuration = meter.CreateHistogram<double>(CognitoM2MDiagnostics.SharedTierDuration, "s", "How long an operation on the distributed cache took.");
        meter.CreateObservableGauge(
            CognitoM2MDiagnostics.TokenRemaining, () => Observe(client => client.Remaining), "s", "How long the client's token is still valid; 0 without one.");
        meter.CreateObservableGauge(
            CognitoM2MDiagnostics.TokenBackOff, () => Observe(client => client.BackOff), "s", "How long Cognito is not asked after failures; 0 without failures.");
    }

    public ILogger Logger { get; }

    public Counter<long> Requests { get; }

    public Histogram<double> Duration { get; }

    public Counter<double> Cost { get; }

    public Counter<long> SavedRequests { get; }

    public Counter<double> SavedCost { get; }

    public Counter<long> Waits { get; }

    public Counter<long> Rejections { get; }

    /// <summary>Sets what the gauges show. The statuses are read only when a listener reads the gauges.</summary>
    public void Watch(Func<IEnumerable<ClientStatus>> clients) => _clients = clients;

    /// <summary>Counts a call that got its token. Runs on every call, so it does nothing without a listener.</summary>
    public void Served(string client, TokenOrigin origin)
    {
        if (_served.Enabled)
            _served.Add(1, new(TokenTags.Client, client), new(TokenTags.Source, TokenTags.Describe(origin)));
    }

    public void StoreFailed(Exception error) => Quietly(() => Log.StoreFailed(Logger, error, error.GetType().Name));

    public void StoreRecovered() => Quietly(() => Log.StoreRecovered(Logger));

    public void StoreOperationEnded(string operation, TimeSpan took, string? error)
    {
        var tags = new TagList { { TokenTags.Operation, operation } };
        if (error is not null)
            tags.Add(TokenTags.Error, error);
        Quietly(() => _storeDuration.Record(took.TotalSeconds, tags));
    }

    /// <summary>Reports, and ignores what a listener or a logger throws: the response that was just received must not be lost.</summary>
    public static void Quietly(Action report)
    {
        try
        {
            report();
        }
        catch (Exception)
        {
            // Nothing is left to report it to.
        }
    }

    public void Dispose()
    {
        _clients = () => [];
        _ownMeter?.Dispose();
    }

    private IEnumerable<Measurement<double>> Observe(Func<ClientStatus, TimeSpan> value) =>
        _clients().Select(client => new Measurement<double>(value(client).TotalSeconds, new KeyValuePair<string, object?>(TokenTags.Client, client.ClientName)));
}
