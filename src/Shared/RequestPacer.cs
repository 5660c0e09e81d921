namespace CognitoM2M.Shared;

/// <summary>Lets the requests of this process to one host go one after the other, in order, at a limited pace.</summary>
/// <param name="timeProvider">The timers.</param>
/// <param name="readClock">Reads a monotonic clock.</param>
/// <param name="longestWait">How long a request may wait for its turn.</param>
/// <param name="usualLimit">How many requests in a second the host gets before a client has set its limit.</param>
internal sealed class RequestPacer(TimeProvider timeProvider, Func<TimeSpan> readClock, TimeSpan longestWait, int usualLimit)
{
    private static readonly TimeSpan _shortestPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly LinkedList<TaskCompletionSource> _waiting = new();
    private readonly RequestPace _pace = new(usualLimit);
    private ITimer? _timer;
    // When the next request would be sent if all requests were sent at the average pace.
    private TimeSpan _nextAt;
    private TimeSpan _pausedUntil;
    private TimeSpan _slowedAt = TimeSpan.MinValue;

    /// <summary>How many requests wait for their turn.</summary>
    public int Waiting
    {
        get
        {
            lock (_gate)
                return _waiting.Count;
        }
    }

    /// <summary>Whether nothing would be lost if this pacer were made anew.</summary>
    public bool IsUnused
    {
        get
        {
            lock (_gate)
            {
                var now = readClock();
                return !_pace.HasLimits && _waiting.Count == 0 && now >= _nextAt && _pace.IsUsual(now);
            }
        }
    }

    /// <summary>Takes note of the limit of one more client. The smallest limit counts.</summary>
    public void AddLimit(int requestsPerSecond) => ChangePace(pace => pace.AddLimit(requestsPerSecond));

    /// <summary>A client with this limit does not use the host any longer.</summary>
    public void RemoveLimit(int requestsPerSecond) => ChangePace(pace => pace.RemoveLimit(requestsPerSecond));

    /// <summary>Waits until a request may be sent, but not longer than the longest wait. The task has ended already if it may be sent at once.</summary>
    /// <returns>Whether the request may be sent. If not, it has left the queue.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public Task<bool> WaitForTurnAsync(CancellationToken stopping)
    {
        LinkedListNode<TaskCompletionSource> turn;
        lock (_gate)
        {
            var now = readClock();
            if (_waiting.Count == 0 && TryTakeTurn(now))
                return Task.FromResult(true);

            turn = _waiting.AddLast(new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            SetTimer(now);
        }

        return WaitAsync(turn, stopping);
    }

    /// <summary>The host has throttled a request: all requests pause, and then follow each other more slowly.</summary>
    /// <param name="sentAt">When the request was sent. Of the requests that were in flight together, only the first slows the others.</param>
    /// <param name="retryAfter">The pause that the host asked for. Between one and ten seconds of it are kept.</param>
    public void SlowDown(TimeSpan sentAt, TimeSpan? retryAfter)
    {
        lock (_gate)
        {
            if (sentAt < _slowedAt)
                return;

            var now = _slowedAt = readClock();
            _pace.SlowDown(now);
            var pause = retryAfter is { } asked && asked > _shortestPause ? asked : _shortestPause;
            _pausedUntil = now + (pause < _longestPause ? pause : _longestPause);
            // There is no burst after the pause.
            var withoutLead = _pausedUntil + _pace.Lead;
            _nextAt = _nextAt > withoutLead ? _nextAt : withoutLead;
            if (_waiting.Count > 0)
                SetTimer(now);
        }
    }

    private void ChangePace(Action<RequestPace> change)
    {
        lock (_gate)
        {
            change(_pace);
            if (_waiting.Count > 0)
                SetTimer(readClock());
        }
    }

    private async Task<bool> WaitAsync(LinkedListNode<TaskCompletionSource> turn, CancellationToken stopping)
    {
        await turn.Value.Task.WaitAsync(longestWait, timeProvider, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (_gate)
        {
            // The turn may have come at the same moment as the end of the wait.
            if (!turn.Value.Task.IsCompleted)
                _waiting.Remove(turn);
        }

        stopping.ThrowIfCancellationRequested();
        return turn.Value.Task.IsCompleted;
    }

    private bool TryTakeTurn(TimeSpan now)
    {
        if (now < FindNextTurn())
            return false;

        _nextAt = (_nextAt > now ? _nextAt : now) + _pace.GetInterval(now);
        return true;
    }

    private TimeSpan FindNextTurn()
    {
        var byPace = _nextAt - _pace.Lead;
        return byPace > _pausedUntil ? byPace : _pausedUntil;
    }

    private void SetTimer(TimeSpan now)
    {
        // Timers count whole milliseconds. One that fires too early would be set again and again.
        var due = TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling((FindNextTurn() - now).TotalMilliseconds)));
        _timer ??= CreateTimer();
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    // The execution context of the caller is left out, because the timer would keep it.
    private ITimer CreateTimer()
    {
        using (ExecutionContext.SuppressFlow())
            return timeProvider.CreateTimer(static pacer => ((RequestPacer)pacer!).GiveTurns(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private void GiveTurns()
    {
        lock (_gate)
        {
            var now = readClock();
            while (_waiting.First is { } first)
            {
                if (!TryTakeTurn(now))
                {
                    SetTimer(now);
                    return;
                }

                _waiting.RemoveFirst();
                first.Value.SetResult();
            }
        }
    }
}
