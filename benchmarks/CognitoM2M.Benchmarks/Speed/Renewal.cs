using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>How long callers take to get a token while it is being renewed by an endpoint that takes a second.</summary>
internal static class Renewal
{
    private static readonly TimeSpan _endpoint = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(1.5);

    /// <returns>The median, the 99th percentile, the longest.</returns>
    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync()
    {
        var clock = new SkippingClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        OurClient.Add(services, tokenEndpoint: new StubTokenEndpoint(_endpoint));
        await using var provider = services.BuildServiceProvider();
        var tokens = provider.GetRequiredService<ICognitoTokenProvider>();
        await tokens.GetTokenAsync(OurClient.Name);
        await WatchAsync(tokens, TimeSpan.FromMilliseconds(100));

        // Past the instant at which an hour's token is due.
        clock.Skip(TimeSpan.FromMinutes(52));
        var latencies = await WatchAsync(tokens, _watched);
        latencies.Sort();
        return new Dictionary<string, Cost>(StringComparer.Ordinal)
        {
            ["renewal.p50"] = new(latencies[latencies.Count / 2], 0),
            ["renewal.p99"] = new(latencies[(int)(latencies.Count * 0.99)], 0),
            ["renewal.max"] = new(latencies[^1], 0),
        };
    }

    private static async Task<List<double>> WatchAsync(ICognitoTokenProvider tokens, TimeSpan duration)
    {
        var latencies = new List<double>(10_000);
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
        {
            var before = TimeProvider.System.GetTimestamp();
            await tokens.GetTokenAsync(OurClient.Name);
            // A TimeSpan would count in hundreds of nanoseconds.
            latencies.Add((TimeProvider.System.GetTimestamp() - before) * 1e9 / TimeProvider.System.TimestampFrequency);
            Thread.SpinWait(200);
        }

        return latencies;
    }

    private sealed class SkippingClock : TimeProvider
    {
        private long _skipped;

        public override long GetTimestamp() => System.GetTimestamp() + Interlocked.Read(ref _skipped);

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromSeconds((double)Interlocked.Read(ref _skipped) / TimestampFrequency);

        public void Skip(TimeSpan by) => Interlocked.Add(ref _skipped, (long)(by.TotalSeconds * TimestampFrequency));
    }
}
