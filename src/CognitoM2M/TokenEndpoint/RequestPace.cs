namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// How fast token requests to one host may follow each other: below the smallest limit of the clients that use the host, and slower for a
/// while after the host has throttled.
/// </summary>
internal sealed class RequestPace
{
    // Limits are kept by the names of clients, which may be named at run time.
    private const int MostClients = 20_000;

    // Five times half as fast: 3.75 requests per second instead of 120.
    private const int MostSteps = 5;
    private static readonly TimeSpan _stepLasts = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, int> _limits = new(StringComparer.Ordinal);
    private int _smallest = int.MaxValue;
    private int _steps;
    private TimeSpan _slowedAt;

    /// <summary>Takes note of the limit of a client, which may have changed.</summary>
    public void SetLimit(string clientName, int requestsPerSecond)
    {
        var isKnown = _limits.TryGetValue(clientName, out var known);
        if (isKnown && known == requestsPerSecond)
            return;

        if (_limits.Count >= MostClients)
            _limits.Clear();
        _limits[clientName] = requestsPerSecond;
        _smallest = isKnown || _limits.Count == 1 ? _limits.Values.Min() : Math.Min(_smallest, requestsPerSecond);
    }

    /// <summary>How long after one request the next one may follow, on average.</summary>
    public TimeSpan GetInterval(TimeSpan now) => UsualInterval * (1 << GetSteps(now));

    /// <summary>
    /// How far requests may be ahead of the average. A fifth of the limit may follow at once: at 120 requests per second, any second has
    /// 144 requests at most.
    /// </summary>
    public TimeSpan Lead => UsualInterval * Math.Max(_smallest / 5 - 1, 0);

    private TimeSpan UsualInterval => TimeSpan.FromSeconds(1) / _smallest;

    /// <summary>Makes the pace half as fast. Every ten seconds without throttling it doubles again.</summary>
    public void SlowDown(TimeSpan now)
    {
        _steps = Math.Min(GetSteps(now) + 1, MostSteps);
        _slowedAt = now;
    }

    /// <summary>Whether the host has not throttled lately.</summary>
    public bool IsUsual(TimeSpan now) => GetSteps(now) == 0;

    private int GetSteps(TimeSpan now) => Math.Max(0, _steps - (int)((now - _slowedAt) / _stepLasts));
}
