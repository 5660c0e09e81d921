using CognitoM2M.Cli.Output;
using CognitoM2M.Provisioning;
using CognitoM2M.Testing;

namespace CognitoM2M.Cli.Tests.Output;

public sealed class ChangingLineTests : IDisposable
{
    private readonly ManualClock _clock = new();
    private readonly List<string> _lines = [];
    private readonly ChangingLine _line;

    public ChangingLineTests() => _line = new ChangingLine(_lines.Add, _clock);

    public void Dispose() => _line.Dispose();

    [Fact]
    public void Each_report_is_shown_at_once()
    {
        _line.Report(new() { Activity = ProvisioningActivity.Changing, Message = "create user pool 'shop'", Completed = 0, Total = 2 });
        _line.Report(new() { Activity = ProvisioningActivity.Changing, Message = "create app client 'billing'", Completed = 1, Total = 2 });
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(["[1/2] create user pool 'shop'", "[2/2] create app client 'billing'"], _lines);
    }

    [Fact]
    public void Wait_shows_each_second_how_long_it_has_taken()
    {
        _line.Report(new() { Activity = ProvisioningActivity.Changing, Message = "create user pool 'shop'" });
        _clock.Advance(TimeSpan.FromSeconds(30));
        _line.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token" });
        _clock.Advance(TimeSpan.FromSeconds(2));
        _line.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token; last result: HTTP 400" });

        Assert.Equal(
            ["create user pool 'shop'", "waiting for a token", "waiting for a token (1 s so far)", "waiting for a token (2 s so far)", "waiting for a token; last result: HTTP 400 (2 s so far)"],
            _lines);
    }

    [Fact]
    public void Nothing_is_shown_after_the_end()
    {
        _line.Report(new() { Activity = ProvisioningActivity.Waiting, Message = "waiting for a token" });
        _line.Dispose();
        _clock.Advance(TimeSpan.FromSeconds(5));

        Assert.Single(_lines);
    }
}
