using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Output;

/// <summary>Progress as one line that changes, for a terminal. During a wait, the line is written anew each second with the time that the wait has taken.</summary>
internal sealed class ChangingLine : IProgress<ProvisioningProgress>, IDisposable
{
    private static readonly TimeSpan _interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Action<string> _write;
    private readonly ActivityTime _activity;
    private readonly ITimer _timer;
    private ProvisioningProgress? _current;

    /// <summary>Starts the timer.</summary>
    /// <param name="write">Replaces the line.</param>
    /// <param name="timeProvider">The clock.</param>
    public ChangingLine(Action<string> write, TimeProvider timeProvider)
    {
        _write = write;
        _activity = new ActivityTime(timeProvider);
        _timer = timeProvider.CreateTimer(static self => ((ChangingLine)self!).WriteWait(), this, _interval, _interval);
    }

    public void Report(ProvisioningProgress value)
    {
        lock (_gate)
        {
            _activity.Observe(value);
            _current = value;
            Write(value);
        }
    }

    public void Dispose()
    {
        _timer.Dispose();
        lock (_gate)
            _current = null;
    }

    private void WriteWait()
    {
        lock (_gate)
        {
            if (_current is { Activity: ProvisioningActivity.Waiting } wait)
                Write(wait);
        }
    }

    private void Write(ProvisioningProgress progress) => _write(ProgressText.Describe(progress, _activity.Elapsed));
}
