namespace CognitoM2M.Soak;

/// <summary>The system clock with a wall time that can jump. The monotonic time does not jump.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offsetTicks;

    /// <summary>How far the wall time is ahead of the right one.</summary>
    public TimeSpan Offset
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));
        set => Interlocked.Exchange(ref _offsetTicks, value.Ticks);
    }

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + Offset;
}
