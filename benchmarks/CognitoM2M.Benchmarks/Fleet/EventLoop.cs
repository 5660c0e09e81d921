namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>
/// Simulated time on one thread. Runs the actions that are due, in order, then jumps to the time of the next action. All code under test
/// uses this clock, so every run is the same.
/// </summary>
internal sealed class EventLoop : TimeProvider
{
    private static readonly DateTimeOffset _start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly PriorityQueue<Action, (long Ticks, long Order)> _due = new();
    private long _now;
    private long _order;

    public TimeSpan Now => new(_now);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => _now;

    public override DateTimeOffset GetUtcNow() => _start + Now;

    /// <summary>Schedules an action. Actions with the same time run in the order of scheduling.</summary>
    public void Post(TimeSpan delay, Action action) => _due.Enqueue(action, (_now + delay.Ticks, _order++));

    public void RunUntil(TimeSpan end)
    {
        // With a synchronization context, as test runners set one, continuations would run on other threads.
        SynchronizationContext.SetSynchronizationContext(null);
        while (_due.TryPeek(out var action, out var due) && due.Ticks <= end.Ticks)
        {
            _due.Dequeue();
            _now = due.Ticks;
            action();
        }

        _now = end.Ticks;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new LoopTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class LoopTimer(EventLoop loop, TimerCallback callback, object? state) : ITimer
    {
        private int _version;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            var version = ++_version;
            if (dueTime != Timeout.InfiniteTimeSpan)
                loop.Post(dueTime, () => Fire(version));
            return true;
        }

        public void Dispose() => _version++;

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Fire(int version)
        {
            if (version == _version)
                callback(state);
        }
    }
}
