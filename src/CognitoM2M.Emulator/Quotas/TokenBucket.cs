namespace CognitoM2M.Emulator.Quotas;

/// <summary>So many requests a second, and as many at once after a second of rest. Not safe for several threads.</summary>
internal sealed class TokenBucket(int perSecond, TimeProvider timeProvider)
{
    private double _available = perSecond;
    private long _filledAt = timeProvider.GetTimestamp();

    public bool HasOne()
    {
        var now = timeProvider.GetTimestamp();
        var elapsed = timeProvider.GetElapsedTime(_filledAt, now);
        _filledAt = now;
        _available = Math.Min(perSecond, _available + (elapsed.TotalSeconds * perSecond));
        // A hair less than one is one: fractions of a second do not add up exactly.
        return _available >= 1 - 1e-6;
    }

    public void TakeOne() => _available--;
}
