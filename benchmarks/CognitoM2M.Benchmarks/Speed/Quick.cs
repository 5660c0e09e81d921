using System.Diagnostics;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// Measures in rounds, each benchmark once in a round, so that a machine that is slow for a while is so for all of them; the median of
/// the rounds counts.
/// </summary>
internal static class Quick
{
    // Short, so that few rounds are interrupted; longer where threads have to start first, or do what else comes up meanwhile.
    private static readonly TimeSpan _roundLength = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _longRoundLength = TimeSpan.FromMilliseconds(8);

    private const int WarmUpPasses = 4;
    private static readonly TimeSpan _warmUpPass = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan _forTheCompiler = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync(IReadOnlyList<Benchmark> benchmarks, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await WarmUpAsync(benchmarks);
        var rounds = benchmarks.Select(_ => new List<Cost>()).ToArray();
        int[] order = [.. Enumerable.Range(0, benchmarks.Count)];
        var random = new Random(1);
        do
        {
            // What comes after a benchmark finds the caches and the threads as that one left them.
            random.Shuffle(order);
            foreach (var i in order)
                rounds[i].Add(Round(benchmarks[i], times[i]));
        }
        while (Stopwatch.GetElapsedTime(start) < duration);

        return benchmarks.Zip(rounds).ToDictionary(
            pair => pair.First.Name,
            pair => Cost.Median(pair.Second),
            StringComparer.Ordinal);
    }

    /// <summary>
    /// Warms all of them up, in passes: the compiler waits until no code is new for a tenth of a second before it compiles what was
    /// called often, and does so in two steps. The last pass tells how often each fits into a round.
    /// </summary>
    private static async Task<int[]> WarmUpAsync(IReadOnlyList<Benchmark> benchmarks)
    {
        int[] times = [];
        for (var pass = 0; pass < WarmUpPasses; pass++)
        {
            times = [.. benchmarks.Select(TimesPerRound)];
            await Task.Delay(_forTheCompiler, TimeProvider.System);
        }

        return times;
    }

    private static int TimesPerRound(Benchmark benchmark)
    {
        var start = Stopwatch.GetTimestamp();
        var fastest = double.MaxValue;
        for (var times = 1; Stopwatch.GetElapsedTime(start) < _warmUpPass; times = Math.Min(times * 2, 4_096))
        {
            var batch = Stopwatch.GetTimestamp();
            benchmark.Run(times);
            fastest = Math.Min(fastest, Stopwatch.GetElapsedTime(batch).TotalNanoseconds / times);
        }

        var roundLength = benchmark is { Callers: 1, SpansThreads: false } ? _roundLength : _longRoundLength;
        var takingTurns = Math.Max(1, benchmark.Callers / Environment.ProcessorCount);
        return (int)Math.Clamp(roundLength.TotalNanoseconds / fastest / takingTurns, 1, 1_000_000);
    }

    private static Cost Round(Benchmark benchmark, int times)
    {
        var bytes = Allocated(benchmark);
        var elapsed = benchmark.Callers == 1 ? Alone(benchmark, times) : Together(benchmark, times);
        var operations = (double)times * benchmark.Callers;
        return new Cost(elapsed.TotalNanoseconds / operations, (Allocated(benchmark) - bytes) / operations);
    }

    private static TimeSpan Alone(Benchmark benchmark, int times)
    {
        var start = Stopwatch.GetTimestamp();
        benchmark.Run(times);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>From when all threads are there until the last has ended.</summary>
    private static TimeSpan Together(Benchmark benchmark, int times)
    {
        using var go = new Barrier(benchmark.Callers + 1);
        var threads = Enumerable.Range(0, benchmark.Callers).Select(_ => new Thread(() =>
        {
            go.SignalAndWait();
            benchmark.Run(times);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        go.SignalAndWait();
        var start = Stopwatch.GetTimestamp();
        threads.ForEach(thread => thread.Join());
        return Stopwatch.GetElapsedTime(start);
    }

    private static long Allocated(Benchmark benchmark) =>
        benchmark.SpansThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
