namespace CognitoM2M.Time;

/// <summary>Time that only goes forward, from an arbitrary start. A jump of the wall clock neither ends nor prolongs the use of a token.</summary>
internal sealed class MonotonicClock(TimeProvider timeProvider)
{
    private readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);

    public TimeProvider TimeProvider { get; } = timeProvider;

    // Every call reads the clock. Reading the system's coarse tick takes a third of the time of its fine one.
    public TimeSpan Now => _isSystem
        ? new TimeSpan(Environment.TickCount64 * TimeSpan.TicksPerMillisecond)
        : TimeProvider.GetElapsedTime(0);
}
