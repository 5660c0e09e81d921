using CognitoM2M.Settings;
using CognitoM2M.Testing;
using CognitoM2M.Time;

namespace CognitoM2M.Tests.Settings;

/// <summary>How long a client that is missing keeps its settings, and when its settings are looked at again. The clock starts at 100 seconds.</summary>
public sealed class RemovalGraceTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly RemovalGrace _grace;
    private int _ends;

    public RemovalGraceTests()
    {
        _clock.Advance(TimeSpan.FromSeconds(100));
        _grace = new RemovalGrace(new MonotonicClock(_clock), () => _ends++);
    }

    [Fact]
    public void Missing_client_keeps_its_settings_for_half_a_minute()
    {
        Assert.Equal((true, true), Ask("orders"));
        _clock.Advance(TimeSpan.FromSeconds(29.9));
        Assert.Equal((true, false), Ask("orders"));
        _clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal((false, false), Ask("orders"));
    }

    [Fact]
    public void Client_that_was_restored_keeps_its_settings_for_30_seconds_after_the_next_removal()
    {
        Ask("orders");
        _clock.Advance(TimeSpan.FromSeconds(20));

        _grace.Forget("orders");

        Assert.Equal((true, true), Ask("orders"));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((true, false), Ask("orders"));
    }

    [Fact]
    public void Settings_are_looked_at_again_when_the_time_of_each_client_is_over()
    {
        foreach (var client in (string[])["orders", "billing", "reports"])
        {
            Ask(client);
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        int[] ends = [.. Enumerable.Range(0, 6).Select(_ =>
        {
            _clock.Advance(TimeSpan.FromSeconds(5));
            return _ends;
        })];

        // At 120, 125, 130, 135, 140 and 145 seconds.
        Assert.Equal([0, 0, 1, 2, 3, 3], ends);
        Assert.Equal(TimeSpan.MaxValue, _clock.NextTimerIn);
    }

    [Fact]
    public void Nothing_is_looked_at_after_the_end()
    {
        Ask("orders");
        _grace.Dispose();
        Assert.Equal(TimeSpan.MaxValue, _clock.NextTimerIn);

        Ask("billing");

        Assert.Equal(TimeSpan.MaxValue, _clock.NextTimerIn);
    }

    [Fact]
    public void Nothing_is_looked_at_after_an_end_without_a_missing_client()
    {
        _grace.Dispose();

        Ask("orders");

        Assert.Equal(TimeSpan.MaxValue, _clock.NextTimerIn);
    }

    [Fact]
    public void Memory_is_bounded()
    {
        for (var client = 0; client < 20_000; client++)
            Ask($"tenant{client}");
        Assert.Equal((true, false), Ask("tenant0"));

        Ask("one more");

        Assert.Equal((true, true), Ask("tenant0"));
    }

    public void Dispose() => _grace.Dispose();

    private (bool IsGranted, bool IsNew) Ask(string client) => (_grace.IsGranted(client, out var isNew), isNew);
}
