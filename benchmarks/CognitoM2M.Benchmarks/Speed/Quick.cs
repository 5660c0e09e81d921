using System.Diagnostics;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// Measures in rounds. Each benchmark runs once in a round, so that a slow phase of the machine affects all benchmarks alike. The result is
/// the median of the rounds.
/// </summary>
internal static class Quick
{
    // Short rounds are rarely interrupted. Rounds with several threads are longer, because threads start first and other work may run on
    // them.
    private static readonly TimeSpan _roundLength = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan _longRoundLength = TimeSpan.FromMilliseconds(8);

    private const int WarmUpPasses = 4;
    private static readonly TimeSpan _warmUpPass = TimeSpan.FromMilliseconds(60);
    private static readonly TimeSpan _compilerPause = TimeSpan.FromMilliseconds(250);

    public static async Task<IReadOnlyDictionary<string, Cost>> MeasureAsync(IReadOnlyList<Benchmark> benchmarks, TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var times = await WarmUpAsync(benchmarks);
        var rounds = benchmarks.Select(_ => new List<Cost>()).ToArray();
        int[] order = [.. Enumerable.Range(0, benchmarks.Count)];
        var random = new Random(1);
        do
        {
            // A random order in each round, because a benchmark leaves caches and threads in a certain state for the next one.
            random.Shuffle(order);
            foreach (var i in order)
                rounds[i].Add(MeasureRound(benchmarks[i], times[i]));
        }
        while (Stopwatch.GetElapsedTime(start) < duration);

        return benchmarks.Zip(rounds).ToDictionary(
            pair => pair.First.Name,
            pair => Cost.ComputeMedian(pair.Second),
            StringComparer.Ordinal);
    }

    /// <summary>
    /// Warms up all benchmarks in several passes. The runtime recompiles code that was called often in two steps, and each step begins only
    /// when no new code has run for a tenth of a second. The last pass determines how often each benchmark fits into a round.
    /// </summary>
    private static async Task<int[]> WarmUpAsync(IReadOnlyList<Benchmark> benchmarks)
    {
        int[] times = [];
        for (var pass = 0; pass < WarmUpPasses; pass++)
        {
            times = [.. benchmarks.Select(DetermineTimesPerRound)];
            await Task.Delay(_compilerPause, TimeProvider.System);
        }

        return times;
    }

    private static int DetermineTimesPerRound(Benchmark benchmark)
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

    private static Cost MeasureRound(Benchmark benchmark, int times)
    {
        var bytes = CountAllocatedBytes(benchmark);
        var elapsed = benchmark.Callers == 1 ? MeasureAlone(benchmark, times) : MeasureTogether(benchmark, times);
        var operations = (double)times * benchmark.Callers;
        return new Cost(elapsed.TotalNanoseconds / operations, (CountAllocatedBytes(benchmark) - bytes) / operations);
    }

    private static TimeSpan MeasureAlone(Benchmark benchmark, int times)
    {
        var start = Stopwatch.GetTimestamp();
        benchmark.Run(times);
        return Stopwatch.GetElapsedTime(start);
    }

    /// <summary>Measures from the moment when all threads are ready until the last thread has ended.</summary>
    private static TimeSpan MeasureTogether(Benchmark benchmark, int times)
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

    private static long CountAllocatedBytes(Benchmark benchmark) =>
        benchmark.SpansThreads ? GC.GetTotalAllocatedBytes(precise: true) : GC.GetAllocatedBytesForCurrentThread();
}
