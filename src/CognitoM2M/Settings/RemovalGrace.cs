using CognitoM2M.Time;

namespace CognitoM2M.Settings;

/// <summary>
/// Grants a client that is missing in changed options some time to come back. A settings file that is being replaced is missing for a moment
/// (an atomic replace, the swap of a ConfigMap), and each moment may be seen as a change of the configuration.
/// </summary>
/// <param name="clock">The clock.</param>
/// <param name="onEnd">Runs when the time of a client is over, so that its settings are looked at again.</param>
internal sealed class RemovalGrace(MonotonicClock clock, Action onEnd) : IDisposable
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(30);

    // The number of clients that are named at run time has no limit. A client that is dropped here gets the time once more.
    private const int MostClients = 20_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, TimeSpan> _endsAt = new(StringComparer.Ordinal);
    private ITimer? _timer;
    private bool _isTimerSet;

    /// <summary>Whether a client that is missing keeps its former settings.</summary>
    /// <param name="clientName">The name of the client.</param>
    /// <param name="isNew">Whether the client was there until now.</param>
    public bool IsGranted(string clientName, out bool isNew)
    {
        lock (_gate)
        {
            isNew = !_endsAt.TryGetValue(clientName, out var endsAt);
            if (!isNew)
                return clock.Now < endsAt;

            if (_endsAt.Count >= MostClients)
                _endsAt.Clear();
            _endsAt[clientName] = clock.Now + Duration;
            SetTimer();
            return true;
        }
    }

    /// <summary>The client is there.</summary>
    public void Forget(string clientName)
    {
        lock (_gate)
            _endsAt.Remove(clientName);
    }

    public void Dispose()
    {
        lock (_gate)
        {
            _isTimerSet = true;
            _timer?.Dispose();
        }
    }

    private void SetTimer()
    {
        // Each client has the same time, so the timer that is set is the first to end.
        if (_isTimerSet)
            return;

        var now = clock.Now;
        var next = _endsAt.Values.Where(endsAt => endsAt > now).DefaultIfEmpty(TimeSpan.MaxValue).Min();
        if (next == TimeSpan.MaxValue)
            return;

        _isTimerSet = true;
        // Timers count whole milliseconds.
        var due = TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds));
        using (ExecutionContext.SuppressFlow())
            _timer ??= clock.TimeProvider.CreateTimer(static grace => ((RemovalGrace)grace!).End(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(due, Timeout.InfiniteTimeSpan);
    }

    private void End()
    {
        lock (_gate)
        {
            _isTimerSet = false;
            SetTimer();
        }

        onEnd();
    }
}
