using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Progress in lines, for logs: each change as it comes, everything else at most once a second.</summary>
internal sealed class LineProgress : IProgress<ProvisioningProgress>, IDisposable
{
    private static readonly TimeSpan _pace = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Action<string> _write;
    private readonly ITimer _timer;
    private string? _pending;
    private string? _last;

    /// <summary>Starts the clock.</summary>
    /// <param name="beginning">What is said after a second in which nothing else was.</param>
    /// <param name="write">Writes a line.</param>
    /// <param name="timeProvider">The clock.</param>
    public LineProgress(string beginning, Action<string> write, TimeProvider timeProvider)
    {
        _pending = beginning;
        _write = write;
        _timer = timeProvider.CreateTimer(static self => ((LineProgress)self!).WritePending(), this, _pace, _pace);
    }

    public void Report(ProvisioningProgress value)
    {
        // That all changes are made, the result says.
        if (value is { Activity: ProvisioningActivity.Changing, Total: > 0 } && value.Completed == value.Total)
            return;

        lock (_gate)
        {
            _pending = ProgressText.Of(value);
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
