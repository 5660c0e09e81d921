using System.Diagnostics;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>What an operation costs.</summary>
/// <param name="NsPerOp">Nanoseconds; for several callers at once, of the process and not of a caller.</param>
/// <param name="BytesPerOp">Bytes allocated.</param>
internal sealed record Cost(double NsPerOp, double BytesPerOp);

/// <summary>
/// Measures in rounds, each benchmark once in a round, so that a machine that is slow for a while is so for all of them; the median of
/// the rounds counts.
/// </summary>
internal static class Quick
{
    // Short, so that few rounds are interrupted; longer where threads have to start first.
    private static readonly TimeSpan _roundLength = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _parallelRoundLength = TimeSpan.FromMilliseconds(20);

    public static IReadOnlyDictionary<string, Cost> Measure(IReadOnlyList<Benchmark> benchmarks, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = benchmarks.Select(TimesPerRound).ToArray();
        var rounds = benchmarks.Select(_ => new List<Cost>()).ToArray();
        do
        {
            for (var i = 0; i < benchmarks.Count; i++)
                rounds[i].Add(Round(benchmarks[i], times[i]));
        }
        while (Stopwatch.GetElapsedTime(start) < duration);

        return benchmarks.Zip(rounds).ToDictionary(
            pair => pair.First.Name,
            pair => new Cost(Median(pair.Second.Select(cost => cost.NsPerOp)), Median(pair.Second.Select(cost => cost.BytesPerOp))),
            StringComparer.Ordinal);
    }

    private static int TimesPerRound(Benchmark benchmark)
    {
        // Long enough for the compiler to have had its last word.
        var warmUp = Stopwatch.GetTimestamp();
        var done = 0;
        for (var times = 1; Stopwatch.GetElapsedTime(warmUp) < TimeSpan.FromMilliseconds(400); times = Math.Min(times * 2, 4_096))
        {
            benchmark.Run(times);
            done += times;
        }

        var each = Stopwatch.GetElapsedTime(warmUp) / done;
        return (int)Math.Clamp((benchmark.Callers == 1 ? _roundLength : _parallelRoundLength) / each, 1, 1_000_000);
    }

    private static Cost Round(Benchmark benchmark, int times)
    {
        var bytes = Allocated(benchmark);
        var start = Stopwatch.GetTimestamp();
        if (benchmark.Callers == 1)
            benchmark.Run(times);
        else
            Parallel(benchmark, times);
        var elapsed = Stopwatch.GetElapsedTime(start);
        var operations = (double)times * benchmark.Callers;
        return new Cost(elapsed.TotalNanoseconds / operations, (Allocated(benchmark) - bytes) / operations);
    }

    private static void Parallel(Benchmark benchmark, int times)
    {
        using var go = new Barrier(benchmark.Callers);
        var threads = Enumerable.Range(0, benchmark.Callers).Select(_ => new Thread(() =>
        {
            go.SignalAndWait();
            benchmark.Run(times);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
    }

    private static long Allocated(Benchmark benchmark) =>
        benchmark.SpansThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
