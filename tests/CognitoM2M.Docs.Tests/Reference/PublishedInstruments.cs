using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using CognitoM2M.Testing;
using CognitoM2M.Verification;

namespace CognitoM2M.Docs.Tests.Reference;

/// <summary>The instruments that the packages publish, and their names in Prometheus.</summary>
internal static partial class PublishedInstruments
{
    private static readonly string[] _meters = [CognitoM2MDiagnostics.MeterName, CognitoVerificationDiagnostics.MeterName];

    public static IReadOnlyList<Instrument> All { get; } = Collect();

    /// <summary>The names of tags, from the two files that write them.</summary>
    public static IReadOnlySet<string> Tags { get; } = new[]
    {
        "src/CognitoM2M/Diagnostics/TokenTags.cs", "src/CognitoM2M.Verification/Diagnostics/VerificationInstruments.cs",
    }.SelectMany(file => TagName().Matches(Checkout.Read(file))).Select(match => match.Groups["tag"].Value).ToHashSet(StringComparer.Ordinal);

    /// <summary>
    /// The names of the series of an instrument in Prometheus, by the compatibility rules of OpenTelemetry: dots become underscores, the unit is added in
    /// words, a unit in braces is left out, and counters end in _total.
    /// </summary>
    public static IEnumerable<string> ListPrometheusNames(Instrument instrument)
    {
        var unit = instrument.Unit switch
        {
            "s" => "_seconds",
            { Length: > 0 } annotation when annotation.StartsWith('{') => "",
            _ => throw new NotSupportedException($"{instrument.Name}: the unit '{instrument.Unit}' has no name in this test."),
        };
        var name = instrument.Name.Replace('.', '_') + unit;
        return instrument switch
        {
            _ when Is(typeof(Counter<>)) => [$"{name}_total"],
            _ when Is(typeof(Histogram<>)) => [$"{name}_bucket", $"{name}_sum", $"{name}_count"],
            _ when Is(typeof(ObservableGauge<>)) => [name],
            _ => throw new NotSupportedException($"{instrument.Name}: {instrument.GetType()} has no rule in this test."),
        };

        bool Is(Type kind) => instrument.GetType() is { IsGenericType: true } type && type.GetGenericTypeDefinition() == kind;
    }

    private static List<Instrument> Collect()
    {
        var instruments = new List<Instrument>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) =>
        {
            lock (instruments)
            {
                if (_meters.Contains(instrument.Meter.Name))
                    instruments.Add(instrument);
            }
        };
        listener.Start();

        using var client = new CognitoM2MClient(new CognitoM2MClientOptions
        {
            Domain = "acme",
            Region = "eu-west-1",
            ClientId = "1example23456789abcdefghij",
            ClientSecret = "local_development_secret_1",
        });
        using var verifier = new CognitoAccessTokenVerifier("eu-west-1_AbCdEf123", ["1example23456789abcdefghij"]);
        return [.. instruments.DistinctBy(instrument => instrument.Name)];
    }

    [GeneratedRegex("\"(?<tag>cognito_m2m\\.[a-z_]+|error\\.type)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex TagName();
}
