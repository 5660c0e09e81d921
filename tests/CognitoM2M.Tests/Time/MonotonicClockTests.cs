using CognitoM2M.Time;

namespace CognitoM2M.Tests.Time;

/// <summary>The clock of a test may be set back, and its timestamps with it.</summary>
public sealed class MonotonicClockTests
{
    [Fact]
    public void Time_goes_on_from_where_it_was_when_the_clock_is_set_back()
    {
        var source = new SettableClock { Now = TimeSpan.FromHours(5) };
        var clock = new MonotonicClock(source);

        source.Now += TimeSpan.FromHours(1);
        Assert.Equal(TimeSpan.FromHours(1), clock.Now);
        source.Now -= TimeSpan.FromHours(10);
        Assert.Equal(TimeSpan.FromHours(1), clock.Now);
        source.Now += TimeSpan.FromMinutes(1);
        Assert.Equal(TimeSpan.FromMinutes(61), clock.Now);
        source.Now -= TimeSpan.FromMinutes(1);
        Assert.Equal(TimeSpan.FromMinutes(61), clock.Now);
    }

    [Fact]
    public void Threads_that_read_a_moving_clock_at_the_same_time_see_its_time()
    {
        var source = new SettableClock();
        var clock = new MonotonicClock(source);

        Parallel.For(0, 10_000, i =>
        {
            source.Advance();
            Assert.True(clock.Now > TimeSpan.Zero);
        });

        Assert.Equal(source.Now, clock.Now);
    }

    private sealed class SettableClock : TimeProvider
    {
        private long _ticks;

        public TimeSpan Now
        {
            get => TimeSpan.FromTicks(Volatile.Read(ref _ticks));
            set => Volatile.Write(ref _ticks, value.Ticks);
        }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Now.Ticks;

        public void Advance() => Interlocked.Increment(ref _ticks);
    }
}
