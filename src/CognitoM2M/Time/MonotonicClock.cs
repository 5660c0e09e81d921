namespace CognitoM2M.Time;

/// <summary>Time that only goes forward, from an arbitrary start: a jump of the wall clock neither kills nor prolongs a token.</summary>
internal sealed class MonotonicClock(TimeProvider timeProvider)
{
    private readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);

    public TimeProvider TimeProvider { get; } = timeProvider;

    // The system's coarse tick is read in a third of the time of its fine one, and this is read on every call.
    public TimeSpan Now => _isSystem
        ? new TimeSpan(Environment.TickCount64 * TimeSpan.TicksPerMillisecond)
        : TimeProvider.GetElapsedTime(0);
}
