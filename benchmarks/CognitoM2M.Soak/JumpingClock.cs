namespace CognitoM2M.Soak;

/// <summary>The system clock with a wall time that can jump. The monotonic time does not jump.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _offsetTicks;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _offsetTicks));

    public void Jump(TimeSpan offset) => Interlocked.Exchange(ref _offsetTicks, offset.Ticks);
}
