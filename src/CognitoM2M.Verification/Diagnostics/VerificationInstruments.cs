using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Runtime.CompilerServices;
using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Diagnostics;

/// <summary>The meter of the verifiers that share a meter factory. Nothing here throws, although listeners may.</summary>
internal sealed class VerificationInstruments
{
    /// <summary>Stands for the issuers of all tenants, so that tenants add no values.</summary>
    public const string Tenant = "tenant";

    private const string Reason = "cognito_m2m.reason";
    private const string Issuer = "cognito_m2m.issuer";
    private const string JwksUri = "cognito_m2m.jwks_uri";
    private const string Error = "error.type";
    private const string Accepted = "accepted";
    private const string OtherIssuer = "other";

    // Bucket limits for exporters. Without them, the first bucket of a histogram ends at five seconds, which is the limit of a download.
    private static readonly InstrumentAdvice<double> _fetchSeconds =
        new() { HistogramBucketBoundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5] };

    private static readonly string[] _reasons = [.. Enumerable.Range(0, (int)Enum.GetValues<TokenRejectionReason>().Max() + 1).Select(reason => Describe((TokenRejectionReason)reason))];
    private static readonly ConditionalWeakTable<IMeterFactory, VerificationInstruments> _byFactory = [];
    private static readonly Lazy<VerificationInstruments> _withoutFactory = new(() => new VerificationInstruments(new Meter(CognitoVerificationDiagnostics.MeterName)));

    private readonly QuietInstrument<long> _verdicts;
    private readonly QuietInstrument<long> _cacheHits;
    private readonly QuietInstrument<double> _fetchDuration;
    private readonly Lock _gate = new();
    private readonly List<WeakReference<CognitoTokenVerifier>> _verifiers = [];

    private VerificationInstruments(Meter meter)
    {
        _verdicts = new(() => meter.CreateCounter<long>(CognitoVerificationDiagnostics.Verdicts, "{token}", "Verdicts on tokens."));
        _cacheHits = new(() => meter.CreateCounter<long>(CognitoVerificationDiagnostics.CacheHits, "{token}", "Tokens whose signature was verified before."));
        _fetchDuration = new(() => meter.CreateHistogram(
            CognitoVerificationDiagnostics.KeySetFetchDuration, "s", "How long a download of a key set took.", tags: null, _fetchSeconds));
        Quietly.Run(() => meter.CreateObservableGauge(CognitoVerificationDiagnostics.KeySetAge, ObserveAges, "s", "How long ago the keys of an issuer were downloaded."));
    }

    /// <summary>Gets the instruments of a factory. Without a factory, or if it throws, all verifiers of the process share one meter.</summary>
    public static VerificationInstruments Get(IMeterFactory? factory)
    {
        if (factory is null)
            return _withoutFactory.Value;
        if (_byFactory.TryGetValue(factory, out var known))
            return known;

        return Quietly.Get(() => factory.Create(new MeterOptions(CognitoVerificationDiagnostics.MeterName))) is { } meter
            ? _byFactory.GetValue(factory, _ => new VerificationInstruments(meter))
            : _withoutFactory.Value;
    }

    /// <summary>Counts a verdict. Runs for every token, so it does nothing without a listener.</summary>
    /// <param name="reason">Why the token was rejected; null if it was accepted.</param>
    /// <param name="issuer">The issuer, if the options name it.</param>
    public void CountVerdict(TokenRejectionReason? reason, string? issuer)
    {
        if (_verdicts.IsEnabled)
            _verdicts.Measure(1, new TagList { { Reason, reason is { } broken ? _reasons[(int)broken] : Accepted }, { Issuer, issuer ?? OtherIssuer } });
    }

    public void CountCacheHit(string issuer)
    {
        if (_cacheHits.IsEnabled)
            _cacheHits.Measure(1, new TagList { { Issuer, issuer } });
    }

    /// <param name="jwksUri">The address of the key set, or <see cref="Tenant"/>.</param>
    /// <param name="took">How long the download took.</param>
    /// <param name="error">The kind of failure, one of a few; null if the download succeeded.</param>
    public void FetchEnded(string jwksUri, TimeSpan took, string? error)
    {
        var tags = new TagList { { JwksUri, jwksUri } };
        if (error is not null)
            tags.Add(Error, error);
        _fetchDuration.Measure(took.TotalSeconds, tags);
    }

    /// <summary>Shows the ages of the verifier's keys, until the verifier is disposed or nobody uses it any more.</summary>
    public void Watch(CognitoTokenVerifier verifier)
    {
        lock (_gate)
        {
            _verifiers.RemoveAll(watched => !watched.TryGetTarget(out _));
            _verifiers.Add(new WeakReference<CognitoTokenVerifier>(verifier));
        }
    }

    public void Forget(CognitoTokenVerifier verifier)
    {
        lock (_gate)
            _verifiers.RemoveAll(watched => !watched.TryGetTarget(out var target) || target == verifier);
    }

    // Several verifiers may trust one issuer. The oldest keys count.
    private IEnumerable<Measurement<double>> ObserveAges()
    {
        List<CognitoTokenVerifier> verifiers = [];
        lock (_gate)
        {
            foreach (var watched in _verifiers)
            {
                if (watched.TryGetTarget(out var verifier))
                    verifiers.Add(verifier);
            }
        }

        return verifiers.SelectMany(verifier => verifier.GetKeyAges())
            .GroupBy(age => age.Issuer, StringComparer.Ordinal)
            .Select(ages => new Measurement<double>(ages.Max(age => age.Age.TotalSeconds), new KeyValuePair<string, object?>(Issuer, ages.Key)));
    }

    private static string Describe(TokenRejectionReason reason) =>
        string.Concat($"{reason}".Select((c, i) => char.IsUpper(c) ? $"{(i > 0 ? "_" : "")}{char.ToLowerInvariant(c)}" : $"{c}"));
}
