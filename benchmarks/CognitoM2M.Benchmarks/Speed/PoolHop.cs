using System.Diagnostics;

namespace CognitoM2M.Benchmarks.Speed;

/// <summary>
/// How long it takes to hand something to a thread of the pool that has gone to sleep, and to be woken when it is done: what a fetch
/// that runs on no caller's thread costs the one that waits.
/// </summary>
internal static class PoolHop
{
    private const int Hops = 200;

    // Threads of the pool stay awake for a while after their last work.
    private static readonly TimeSpan _untilAsleep = TimeSpan.FromMilliseconds(2);

    public static IReadOnlyDictionary<string, Cost> Measure() => new Dictionary<string, Cost>(StringComparer.Ordinal)
    {
        ["cold.hop"] = Cost.Median([.. Enumerable.Range(0, Hops).Select(_ => Hop())]),
    };

    private static Cost Hop()
    {
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < _untilAsleep;)
            Thread.SpinWait(100);

        var handedOver = Stopwatch.GetTimestamp();
        // Not a task of the pool: waiting for one would run it here.
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.SetResult(), done, preferLocal: false);
        done.Task.GetAwaiter().GetResult();
        return new Cost(Stopwatch.GetElapsedTime(handedOver).TotalNanoseconds, null);
    }
}
