namespace CognitoM2M.Emulator.Quotas;

/// <summary>
/// Allows a number of requests per second (the token bucket algorithm). After one second without requests the whole number may come at
/// once. Not thread-safe.
/// </summary>
internal sealed class TokenBucket(int perSecond, TimeProvider timeProvider)
{
    private double _available = perSecond;
    private long _filledAt = timeProvider.GetTimestamp();

    public bool CanTake()
    {
        var now = timeProvider.GetTimestamp();
        var elapsed = timeProvider.GetElapsedTime(_filledAt, now);
        _filledAt = now;
        _available = Math.Min(perSecond, _available + (elapsed.TotalSeconds * perSecond));
        // The tolerance absorbs rounding: fractions of a second do not add up exactly.
        return _available >= 1 - 1e-6;
    }

    public void Take() => _available--;
}
