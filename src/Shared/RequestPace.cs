namespace CognitoM2M.Shared;

/// <summary>
/// How fast requests to one host may follow each other: below the smallest limit of the clients that use the host, and slower for a
/// while after the host has throttled.
/// </summary>
/// <param name="usualLimit">How many requests in a second there may be before a client has set its limit.</param>
internal sealed class RequestPace(int usualLimit)
{
    // Halving the pace five times leaves 3.75 of 120 requests per second.
    private const int MostSteps = 5;
    private static readonly TimeSpan _stepLasts = TimeSpan.FromSeconds(10);

    // How many clients have each limit.
    private readonly SortedDictionary<int, int> _limits = [];
    // Without any client the last limit stays: requests of removed clients may still be in the queue.
    private int _smallest = usualLimit;
    private int _steps;
    private TimeSpan _slowedAt;

    /// <summary>Whether a client uses the host.</summary>
    public bool HasLimits => _limits.Count > 0;

    /// <summary>Takes note of the limit of one more client.</summary>
    public void AddLimit(int requestsPerSecond)
    {
        _limits[requestsPerSecond] = _limits.GetValueOrDefault(requestsPerSecond) + 1;
        _smallest = _limits.First().Key;
    }

    /// <summary>A client with this limit does not use the host any longer.</summary>
    public void RemoveLimit(int requestsPerSecond)
    {
        var clients = _limits[requestsPerSecond];
        if (clients > 1)
            _limits[requestsPerSecond] = clients - 1;
        else
            _limits.Remove(requestsPerSecond);
        _smallest = HasLimits ? _limits.First().Key : _smallest;
    }

    /// <summary>How long after one request the next one may follow, on average.</summary>
    public TimeSpan GetInterval(TimeSpan now) => UsualInterval * (1 << GetSteps(now));

    /// <summary>
    /// How far requests may be ahead of the average. A fifth of the limit may be sent at once: at 120 requests per second, these are
    /// 24 requests, and any second has 144 requests at most.
    /// </summary>
    public TimeSpan Lead => UsualInterval * Math.Max(_smallest / 5 - 1, 0);

    private TimeSpan UsualInterval => TimeSpan.FromSeconds(1) / _smallest;

    /// <summary>Makes the pace half as fast. Every ten seconds without throttling it doubles again.</summary>
    public void SlowDown(TimeSpan now)
    {
        _steps = Math.Min(GetSteps(now) + 1, MostSteps);
        _slowedAt = now;
    }

    /// <summary>Whether the host has not throttled recently.</summary>
    public bool IsUsual(TimeSpan now) => GetSteps(now) == 0;

    private int GetSteps(TimeSpan now) => Math.Max(0, _steps - (int)((now - _slowedAt) / _stepLasts));
}
