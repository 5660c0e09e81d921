using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>
/// Progress as lines, for logs. A change is written at once, and of other reports at most one a second, the latest. Long work stays short in
/// a log: of more than 20 items, and of a wait, a line is written every 15 seconds.
/// </summary>
internal sealed class LineProgress : IProgress<ProvisioningProgress>, IDisposable
{
    private const int MostWritten = 20;

    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longInterval = TimeSpan.FromSeconds(15);

    private readonly Lock _gate = new();
    private readonly Action<string> _write;
    private readonly TimeProvider _time;
    private readonly ITimer _timer;
    private readonly ActivityTime _activity;
    private ProvisioningProgress? _current;
    private ProvisioningProgress? _written;
    private long _writtenAt;

    /// <summary>Starts the timer.</summary>
    /// <param name="firstLine">Written after one second if nothing was reported by then.</param>
    /// <param name="write">Writes a line.</param>
    /// <param name="timeProvider">The clock.</param>
    public LineProgress(string firstLine, Action<string> write, TimeProvider timeProvider)
    {
        _current = new() { Activity = ProvisioningActivity.Reading, Message = firstLine };
        _write = write;
        _time = timeProvider;
        _activity = new ActivityTime(timeProvider);
        _activity.Observe(_current);
        _timer = timeProvider.CreateTimer(static self => ((LineProgress)self!).WriteIfDue(), this, _interval, _interval);
    }

    public void Report(ProvisioningProgress value)
    {
        // The report after the last change needs no line, because the command prints its result next.
        if (value is { Activity: ProvisioningActivity.Changing, Total: > 0 } && value.Completed == value.Total)
            return;

        lock (_gate)
        {
            _activity.Observe(value);
            _current = value;
            if (value is { Activity: ProvisioningActivity.Changing, Total: <= MostWritten })
                WriteIfDue();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _current = null;
    }

    private void WriteIfDue()
    {
        lock (_gate)
        {
            if (_current is { } current && IsDue(current))
                Write(current);
        }
    }

    private bool IsDue(ProvisioningProgress current)
    {
        var isLate = _time.GetElapsedTime(_writtenAt) >= _longInterval;
        if (current.Activity != _written?.Activity)
            return true;
        if (current.Activity == ProvisioningActivity.Waiting)
            return isLate || current.Message != _written.Message;

        return current != _written && (current.Total <= MostWritten || isLate);
    }

    private void Write(ProvisioningProgress current)
    {
        // The first line of a wait needs no time.
        var line = current.Activity == _written?.Activity ? ProgressText.Describe(current, _activity.Elapsed) : ProgressText.Describe(current);
        (_written, _writtenAt) = (current, _time.GetTimestamp());
        _write(line);
    }
}
