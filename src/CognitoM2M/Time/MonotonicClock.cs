using System.Runtime.CompilerServices;

namespace CognitoM2M.Time;

/// <summary>Time that only goes forward, from an arbitrary start, and the wall clock beside it.</summary>
internal sealed class MonotonicClock(TimeProvider timeProvider)
{
    private static readonly ConditionalWeakTable<TimeProvider, MonotonicClock> _known = [];

    private readonly bool _isSystem = ReferenceEquals(timeProvider, TimeProvider.System);
    // Time counts from here. A timestamp of another clock may be so large that its conversion rounds.
    private readonly long _start = timeProvider.GetTimestamp();
    private long _lastTick = -1;
    private long _lastLead;
    private long _latest;
    private long _setBackBy;

    /// <summary>The clock of a time provider. All providers of tokens that share the time provider get this one, so that they can compare instants.</summary>
    public static MonotonicClock Find(TimeProvider timeProvider) => _known.GetValue(timeProvider, static key => new MonotonicClock(key));

    public TimeProvider TimeProvider { get; } = timeProvider;

    // Every call reads the clock. Reading the system's coarse tick takes a third of the time of its fine one.
    public TimeSpan Now => _isSystem
        ? new TimeSpan(Environment.TickCount64 * TimeSpan.TicksPerMillisecond)
        : ReadForward();

    /// <summary>Reads both clocks.</summary>
    public ClockReading Read()
    {
        if (_isSystem)
            return ReadSystem();

        var now = Now;
        return new ClockReading(now, FindLead(now));
    }

    // Reading the wall clock takes longer than all the rest of a call. It is read once per tick of the monotonic clock: a thousand times a second at most.
    private ClockReading ReadSystem()
    {
        var now = Now;
        if (Volatile.Read(ref _lastTick) != now.Ticks)
        {
            Volatile.Write(ref _lastLead, FindLead(now).Ticks);
            Volatile.Write(ref _lastTick, now.Ticks);
        }

        return new ClockReading(now, new TimeSpan(Volatile.Read(ref _lastLead)));
    }

    /// <summary>
    /// Reads a clock that is not the system's. A test can set such a clock back (<c>FakeTimeProvider.AdjustTime</c>), and its timestamps then go back,
    /// too. Time goes on from where it was: otherwise each pause would last until the clock is there again.
    /// </summary>
    private TimeSpan ReadForward()
    {
        while (true)
        {
            // Both values are read before the clock. If the clock is then behind them, it was set back.
            var setBackBy = Volatile.Read(ref _setBackBy);
            var latest = Volatile.Read(ref _latest);
            var now = TimeProvider.GetElapsedTime(_start).Ticks + setBackBy;
            if (now < latest)
                Interlocked.CompareExchange(ref _setBackBy, setBackBy + (latest - now), setBackBy);
            else if (Interlocked.CompareExchange(ref _latest, now, latest) == latest)
                return new TimeSpan(now);
        }
    }

    private TimeSpan FindLead(TimeSpan now) => TimeProvider.GetUtcNow() - DateTimeOffset.UnixEpoch - now;
}
