using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>Measures how long callers take to get a token: without a renewal, and during a renewal that takes a second.</summary>
internal static class Renewal
{
    private const int Callers = 2;

    private static readonly TimeSpan _endpointLatency = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _duration = TimeSpan.FromSeconds(1.5);

    /// <returns>For each case the median, the 99th percentile and the maximum.</returns>
    public static IReadOnlyDictionary<string, Cost> Measure()
    {
        var clock = new SkippingClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        var cognito = new StubTokenEndpoint(_endpointLatency);
        OurClient.AddStubbed(services, cognito);
        using var provider = services.BuildServiceProvider();
        var tokens = provider.GetRequiredService<ICognitoTokenProvider>();
        MeasureLatencies(tokens, _duration);

        var quiet = MeasureLatencies(tokens, _duration);
        // A token of one hour is due for renewal after 52 minutes.
        clock.Skip(TimeSpan.FromMinutes(52));
        var renewing = MeasureLatencies(tokens, _duration);
        if (cognito.Requests != 2)
            throw new InvalidOperationException($"{cognito.Requests} tokens were fetched, but there must be one fetch and one renewal.");

        var costs = new Dictionary<string, Cost>(StringComparer.Ordinal);
        foreach (var (name, latencies) in new[] { ("renewal.none", quiet), ("renewal", renewing) })
        {
            costs[$"{name}.p50"] = new(latencies[latencies.Count / 2], null);
            costs[$"{name}.p99"] = new(latencies[(int)(latencies.Count * 0.99)], null);
            costs[$"{name}.max"] = new(latencies[^1], null);
        }

        return costs;
    }

    private static List<double> MeasureLatencies(ICognitoTokenProvider tokens, TimeSpan duration)
    {
        var latencies = Enumerable.Range(0, Callers).Select(_ => new List<double>(1_000_000)).ToArray();
        var threads = latencies.Select(own => new Thread(() => MeasureLatencies(tokens, duration, own))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. latencies.SelectMany(own => own).Order()];
    }

    private static void MeasureLatencies(ICognitoTokenProvider tokens, TimeSpan duration, List<double> latencies)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
        {
            var before = TimeProvider.System.GetTimestamp();
            var token = tokens.GetTokenAsync(OurClient.Name);
            if (!token.IsCompletedSuccessfully)
                token.AsTask().GetAwaiter().GetResult();
            // The resolution of a TimeSpan, 100 ns, is too coarse.
            latencies.Add((TimeProvider.System.GetTimestamp() - before) * 1e9 / TimeProvider.System.TimestampFrequency);
            Thread.SpinWait(200);
        }
    }

    private sealed class SkippingClock : TimeProvider
    {
        private long _skipped;

        public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _skipped);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromSeconds((double)Interlocked.Read(ref _skipped) / TimestampFrequency);

        public void Skip(TimeSpan by) => Interlocked.Add(ref _skipped, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
