using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Progress as lines, for logs. A change is written at once; of other reports at most one a second is written, the latest.</summary>
internal sealed class LineProgress : IProgress<ProvisioningProgress>, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Action<string> _write;
    private readonly ITimer _timer;
    private string? _pending;
    private string? _last;

    /// <summary>Starts the timer.</summary>
    /// <param name="firstLine">Written after one second if nothing was reported by then.</param>
    /// <param name="write">Writes a line.</param>
    /// <param name="timeProvider">The clock.</param>
    public LineProgress(string firstLine, Action<string> write, TimeProvider timeProvider)
    {
        _pending = firstLine;
        _write = write;
        _timer = timeProvider.CreateTimer(static self => ((LineProgress)self!).WritePending(), this, _interval, _interval);
    }

    public void Report(ProvisioningProgress value)
    {
        // The report after the last change needs no line, because the command prints its result next.
        if (value is { Activity: ProvisioningActivity.Changing, Total: > 0 } && value.Completed == value.Total)
            return;

        lock (_gate)
        {
            _pending = ProgressText.Describe(value);
            if (value.Activity == ProvisioningActivity.Changing)
                WritePending();
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _pending = null;
    }

    private void WritePending()
    {
        lock (_gate)
        {
            if (_pending is { } line && line != _last)
                _write(line);

            _last = _pending ?? _last;
            _pending = null;
        }
    }
}
