using CognitoM2M.Sharing;
using CognitoM2M.Testing;
using CognitoM2M.Time;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Time in which a process does not get a processor is not the store's fault, within bounds.</summary>
public sealed class StorePatienceTests
{
    private static readonly TimeSpan _timeout = TimeSpan.FromMilliseconds(250);

    private readonly ManualClock _clock = new();
    private ProcessorUse? _use = default(ProcessorUse);

    [Theory]
    [InlineData(1, 240, true)]
    [InlineData(80, 90, true)]
    [InlineData(1, 80, false)] // Less than a third of the time.
    [InlineData(700, 200, false)] // Busy with many threads, not starved.
    [InlineData(0, 0, false)] // Hangs.
    public void Time_out_is_excused_if_threads_waited_for_a_third_of_it_and_longer_than_they_ran(int ran, int waited, bool isExcused)
    {
        var patience = Create();

        Assert.Equal(isExcused, Spend(patience, _timeout, ran, waited));

        Assert.Equal(isExcused ? _timeout : TimeSpan.Zero, patience.Left);
        Assert.Equal(!isExcused, patience.IsExhausted);
    }

    [Fact]
    public void Operations_share_one_time_out()
    {
        var patience = Create();

        Spend(patience, TimeSpan.FromMilliseconds(100), ran: 0, waited: 0);
        Spend(patience, TimeSpan.FromMilliseconds(100), ran: 0, waited: 0);

        Assert.Equal(TimeSpan.FromMilliseconds(50), patience.Left);
    }

    [Fact]
    public void No_more_is_excused_than_five_seconds()
    {
        var patience = Create();
        var excused = 0;

        while (Spend(patience, _timeout, ran: 1, waited: 250))
            excused++;

        Assert.Equal(StorePatience.LongestExcuse, excused * _timeout);
        Assert.True(patience.IsExhausted);
    }

    [Fact]
    public void Nothing_is_excused_where_the_system_does_not_say()
    {
        _use = null;

        Assert.False(Spend(Create(), _timeout, ran: 0, waited: 0));
    }

    [Fact]
    public void Nothing_is_excused_by_a_clock_that_is_not_the_systems()
    {
        var patience = new StorePatience(new MonotonicClock(_clock), _timeout, processorUse: null);

        Assert.False(Spend(patience, _timeout, ran: 0, waited: 250));
        Assert.Equal(TimeSpan.Zero, patience.Left);
    }

    [Theory]
    [InlineData("24043867 3838396 71\n", 24_043, 3_838)]
    [InlineData("", 0, 0)]
    [InlineData("12", 0, 0)]
    [InlineData("a b c", 0, 0)]
    public void Reads_what_the_system_says_of_a_thread(string line, int ran, int waited) => Assert.Equal(
        new ProcessorUse(TimeSpan.FromMicroseconds(ran), TimeSpan.FromMicroseconds(waited)),
        ProcessorUse.Parse(System.Text.Encoding.ASCII.GetBytes(line)));

    [Fact]
    public void On_linux_this_process_has_run_for_some_time()
    {
        if (OperatingSystem.IsLinux() && File.Exists("/proc/self/schedstat"))
            Assert.True(ProcessorUse.OfThisProcess()!.Value.Ran > TimeSpan.Zero);
    }

    private StorePatience Create() => new(new MonotonicClock(_clock), _timeout, () => _use);

    private bool Spend(StorePatience patience, TimeSpan time, int ran, int waited)
    {
        patience.Begin();
        _clock.Advance(time);
        _use += new ProcessorUse(TimeSpan.FromMilliseconds(ran), TimeSpan.FromMilliseconds(waited));
        return patience.Count();
    }
}
