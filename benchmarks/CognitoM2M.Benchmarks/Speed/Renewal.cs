using Microsoft.Extensions.DependencyInjection;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>How long callers take to get a token while nothing happens, and while it is being renewed by an endpoint that takes a second.</summary>
internal static class Renewal
{
    private const int Callers = 2;

    private static readonly TimeSpan _endpoint = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _watched = TimeSpan.FromSeconds(1.5);

    /// <returns>Each time the median, the 99th percentile, the longest.</returns>
    public static IReadOnlyDictionary<string, Cost> Measure()
    {
        var clock = new SkippingClock();
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        var cognito = new StubTokenEndpoint(_endpoint);
        OurClient.AddStubbed(services, cognito);
        using var provider = services.BuildServiceProvider();
        var tokens = provider.GetRequiredService<ICognitoTokenProvider>();
        Watch(tokens, _watched);

        var quiet = Watch(tokens, _watched);
        // Past the instant at which an hour's token is due.
        clock.Skip(TimeSpan.FromMinutes(52));
        var renewing = Watch(tokens, _watched);
        if (cognito.Answers != 2)
            throw new InvalidOperationException($"{cognito.Answers} tokens were fetched; it should have been one, and then another.");

        var costs = new Dictionary<string, Cost>(StringComparer.Ordinal);
        foreach (var (name, latencies) in new[] { ("renewal.none", quiet), ("renewal", renewing) })
        {
            costs[$"{name}.p50"] = new(latencies[latencies.Count / 2], null);
            costs[$"{name}.p99"] = new(latencies[(int)(latencies.Count * 0.99)], null);
            costs[$"{name}.max"] = new(latencies[^1], null);
        }

        return costs;
    }

    private static List<double> Watch(ICognitoTokenProvider tokens, TimeSpan duration)
    {
        var latencies = Enumerable.Range(0, Callers).Select(_ => new List<double>(1_000_000)).ToArray();
        var threads = latencies.Select(own => new Thread(() => Watch(tokens, duration, own))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return [.. latencies.SelectMany(own => own).Order()];
    }

    private static void Watch(ICognitoTokenProvider tokens, TimeSpan duration, List<double> latencies)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(start) < duration)
        {
            var before = TimeProvider.System.GetTimestamp();
            var token = tokens.GetTokenAsync(OurClient.Name);
            if (!token.IsCompletedSuccessfully)
                token.AsTask().GetAwaiter().GetResult();
            // A TimeSpan would count in hundreds of nanoseconds.
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
