namespace CognitoM2M.Soak;

/// <summary>Watches the process: memory must not grow, the thread pool must not starve, every exception must be observed.</summary>
internal sealed class Probes : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _memoryInterval = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan _longestDelay = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan _deadlock = TimeSpan.FromSeconds(60);

    private readonly Promises _promises;
    private readonly List<long> _memory = [];

    public Probes(Promises promises)
    {
        _promises = promises;
        TaskScheduler.UnobservedTaskException += OnUnobserved;
    }

    /// <summary>The longest that a work item waited for a thread of the pool.</summary>
    public TimeSpan LongestPoolDelay { get; private set; }

    /// <summary>The median of live bytes in the first third and in the last third of the run.</summary>
    public (long First, long Last) Memory => _memory.Count < 3 ? (0, 0) : (Median(_memory[..(_memory.Count / 3)]), Median(_memory[^(_memory.Count / 3)..]));

    /// <summary>Probes until it is stopped. Must not run on the thread pool, because it watches the thread pool.</summary>
    public void Run(CancellationToken stop)
    {
        var nextMemoryAt = _memoryInterval * 2;
        while (!stop.IsCancellationRequested)
        {
            stop.WaitHandle.WaitOne(_interval);
            ProbePool();

            if (_promises.Elapsed > nextMemoryAt)
            {
                nextMemoryAt = _promises.Elapsed + _memoryInterval;
                _memory.Add(GC.GetTotalMemory(forceFullCollection: true));
            }
        }
    }

    /// <summary>Checks after the run whether memory has grown.</summary>
    public void Check()
    {
        // Exceptions of tasks that nobody awaited are reported when the tasks are collected.
        GC.Collect();
        GC.WaitForPendingFinalizers();
        var (first, last) = Memory;
        if (last > (first * 1.1) + (2 * 1024 * 1024))
            _promises.Break($"live memory grew from {first / 1024} KB to {last / 1024} KB.");
    }

    public void Dispose() => TaskScheduler.UnobservedTaskException -= OnUnobserved;

    private void ProbePool()
    {
        using var ran = new ManualResetEventSlim();
        var start = TimeProvider.System.GetTimestamp();
        ThreadPool.UnsafeQueueUserWorkItem(static done => done.Set(), ran, preferLocal: false);
        if (!ran.Wait(_deadlock))
        {
            // The process hangs. Without an exit here it would never end and never say why.
            _promises.Break($"no work item got a thread of the pool within {_deadlock.TotalSeconds} s.");
            Environment.Exit(1);
        }

        var delay = TimeProvider.System.GetElapsedTime(start);
        LongestPoolDelay = delay > LongestPoolDelay ? delay : LongestPoolDelay;
        if (delay > _longestDelay)
            _promises.Break($"a work item waited {delay.TotalSeconds:F1} s for a thread of the pool.");
    }

    private static long Median(List<long> values) => values.Order().ElementAt(values.Count / 2);

    private void OnUnobserved(object? sender, UnobservedTaskExceptionEventArgs e) =>
        _promises.Break($"an exception was not observed: {e.Exception.GetBaseException().GetType().Name}: {e.Exception.GetBaseException().Message}");
}
