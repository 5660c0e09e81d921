namespace CognitoM2M.Testing;

/// <summary>A clock that moves only when the test moves it. Timers fire inside <see cref="Advance"/>, in order.</summary>
internal sealed class ManualClock : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly List<ManualTimer> _timers = [];
    private DateTimeOffset _utcNow = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private TimeSpan _elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (_gate)
            return _utcNow;
    }

    public override long GetTimestamp()
    {
        lock (_gate)
            return _elapsed.Ticks;
    }

    /// <summary>Moves only the wall clock, as an operator or NTP does. The monotonic clock does not change.</summary>
    public void JumpWallClock(TimeSpan by)
    {
        lock (_gate)
            _utcNow += by;
    }

    /// <summary>Moves both clocks forward. Each timer that is due on the way fires at its own instant.</summary>
    public void Advance(TimeSpan by)
    {
        TimeSpan target;
        lock (_gate)
            target = _elapsed + by;

        while (true)
        {
            ManualTimer? next;
            lock (_gate)
            {
                next = _timers.Where(t => t.DueAt <= target).MinBy(t => t.DueAt);
                MoveTo(next is null ? target : next.DueAt > _elapsed ? next.DueAt : _elapsed);
                next?.Rearm(_elapsed);
            }

            if (next is null)
                return;
            next.Fire();
        }
    }

    /// <summary>How long until the next timer fires; infinite if none is set.</summary>
    public TimeSpan NextTimerIn
    {
        get
        {
            lock (_gate)
                return _timers.Count == 0 ? TimeSpan.MaxValue : _timers.Min(t => t.DueAt) is var due && due == TimeSpan.MaxValue ? due : due - _elapsed;
        }
    }

    /// <summary>Waits for the task, and moves the clock past each timer that is due within <paramref name="skip"/>: past pauses between attempts, for example, but not past time-outs.</summary>
    public async Task<T> RunAsync<T>(Task<T> task, TimeSpan skip)
    {
        while (!task.IsCompleted)
        {
            if (NextTimerIn is var next && next <= skip)
                Advance(next);
            await Task.Yield();
        }

        return await task;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timer.Change(dueTime, period);
        lock (_gate)
            _timers.Add(timer);
        return timer;
    }

    private void MoveTo(TimeSpan instant)
    {
        _utcNow += instant - _elapsed;
        _elapsed = instant;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan _period = Timeout.InfiniteTimeSpan;

        public TimeSpan DueAt { get; private set; } = TimeSpan.MaxValue;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock._gate)
            {
                _period = period;
                DueAt = dueTime == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : clock._elapsed + dueTime;
            }

            return true;
        }

        public void Rearm(TimeSpan now) =>
            DueAt = _period > TimeSpan.Zero ? now + _period : TimeSpan.MaxValue;

        public void Fire() => callback(state);

        public void Dispose()
        {
            lock (clock._gate)
                clock._timers.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
