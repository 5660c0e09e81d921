namespace CognitoM2M.Shared;

/// <summary>Allows one line per second, and counts the others. When the second is over, the count is reported, and that is the line of the next second.</summary>
/// <param name="timeProvider">The clock.</param>
/// <param name="reportOthers">Reports how many lines were not allowed; at least one.</param>
internal sealed class LogLimiter(TimeProvider timeProvider, Action<int> reportOthers) : IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private ITimer? _timer;
    private long? _lastAt;
    private int _others;
    private bool _isDisposed;

    /// <summary>Whether a line may be written now. If not, it is counted.</summary>
    public bool MayWrite()
    {
        lock (_gate)
        {
            var now = timeProvider.GetTimestamp();
            var waits = _lastAt is { } lastAt ? _interval - timeProvider.GetElapsedTime(lastAt, now) : TimeSpan.Zero;
            if (_others == 0 && waits <= TimeSpan.Zero)
            {
                _lastAt = now;
                return true;
            }

            if (++_others == 1)
                SetTimer(waits);
            return false;
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isDisposed = true;
            _timer?.Dispose();
        }
    }

    private void SetTimer(TimeSpan due)
    {
        if (_isDisposed)
            return;
        // A timer keeps the context of its creator, which would be one request.
        using (ExecutionContext.SuppressFlow())
            _timer ??= timeProvider.CreateTimer(static limiter => ((LogLimiter)limiter!).End(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        // Timers count whole milliseconds.
        _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(due.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        int others;
        lock (_gate)
        {
            (others, _others) = (_others, 0);
            _lastAt = timeProvider.GetTimestamp();
        }

        if (others > 0)
            reportOthers(others);
    }
}
