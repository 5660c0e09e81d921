using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class LineProgressTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _lines = [];
    private readonly LineProgress _progress;

    public LineProgressTests() => _progress = new LineProgress("reading the user pool", _lines.Add, _clock);

    public void Dispose() => _progress.Dispose();

    [Fact]
    public void Work_of_less_than_a_second_writes_no_line()
    {
        _clock.Advance(TimeSpan.FromSeconds(0.9));
        _progress.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Empty(_lines);
    }

    [Fact]
    public void Longer_work_writes_the_first_line_even_without_a_report()
    {
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["reading the user pool"], _lines);
    }

    [Fact]
    public void Only_the_last_report_of_a_second_is_written()
    {
        for (var i = 0; i < 100; i++)
            _progress.Report(new() { Activity = ProvisioningActivity.Reading, Message = "app clients", Completed = i, Total = 100 });
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["[100/100] app clients"], _lines);
    }

    [Fact]
    public void Many_changes_are_written_every_fifteen_seconds()
    {
        for (var i = 0; i < 710; i++)
        {
            _progress.Report(new() { Activity = ProvisioningActivity.Changing, Message = $"create app client '{i}'", Completed = i, Total = 710 });
            _clock.Advance(TimeSpan.FromSeconds(0.2));
        }

        Assert.InRange(_lines.Count, 8, 12);
        Assert.StartsWith("[5/710] create app client '4'", _lines[0], StringComparison.Ordinal);
        Assert.StartsWith("[80/710] create app client '79'", _lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public void Wait_that_says_the_same_is_written_again_every_fifteen_seconds()
    {
        for (var i = 0; i < 12; i++)
        {
            _progress.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token; last result: HTTP 400" });
            _clock.Advance(TimeSpan.FromSeconds(5));
        }

        Assert.Equal(
            [
                "waiting for a token; last result: HTTP 400",
                "waiting for a token; last result: HTTP 400 (16 s so far)",
                "waiting for a token; last result: HTTP 400 (31 s so far)",
                "waiting for a token; last result: HTTP 400 (46 s so far)",
            ],
            _lines);
    }

    [Fact]
    public void Wait_that_says_something_new_is_written_within_a_second()
    {
        _progress.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token" });
        _clock.Advance(TimeSpan.FromSeconds(1));
        _progress.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token; last result: HTTP 400" });
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["waiting for a token", "waiting for a token; last result: HTTP 400 (2 s so far)"], _lines);
    }

    [Fact]
    public void Time_of_a_wait_counts_from_the_beginning_of_the_wait()
    {
        _clock.Advance(TimeSpan.FromMinutes(10));
        _progress.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token" });
        _clock.Advance(TimeSpan.FromSeconds(1));
        _progress.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for another token" });
        _clock.Advance(TimeSpan.FromSeconds(75));

        Assert.Equal("waiting for another token (1 min 2 s so far)", _lines[^1]);
        Assert.All(_lines.SkipLast(1), line => Assert.DoesNotContain("min", line, StringComparison.Ordinal));
    }

    [Fact]
    public void Every_change_is_written_at_once()
    {
        _progress.Report(new() { Activity = ProvisioningActivity.Changing, Message = "create user pool 'shop'", Completed = 0, Total = 2 });
        _progress.Report(new() { Activity = ProvisioningActivity.Changing, Message = "create app client 'billing'", Completed = 1, Total = 2 });
        _progress.Report(new() { Activity = ProvisioningActivity.Changing, Message = "done", Completed = 2, Total = 2 });

        Assert.Equal(["[1/2] create user pool 'shop'", "[2/2] create app client 'billing'"], _lines);
    }
}
