namespace CognitoM2M.Benchmarks.Fleet;

/// <summary>
/// Simulated time on one thread: runs whatever is due, in order, and jumps to the next instant at which something is. Everything that
/// waits, waits on this clock, so a run is the same every time.
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

    /// <summary>Has something done at that time from now, after all that is due then already.</summary>
    public void Post(TimeSpan delay, Action action) => _due.Enqueue(action, (_now + delay.Ticks, _order++));

    public void RunUntil(TimeSpan end)
    {
        // With one, as test runners have, continuations would go to other threads.
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
