namespace CognitoM2M.Verification.Diagnostics;

/// <summary>Lets one log line through in ten seconds, because anybody can cause such lines.</summary>
internal sealed class LogPace(TimeProvider timeProvider)
{
    private static readonly TimeSpan _pause = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private long? _last;

    public bool MayWrite()
    {
        lock (_gate)
        {
            if (_last is { } last && timeProvider.GetElapsedTime(last) < _pause)
                return false;
            _last = timeProvider.GetTimestamp();
            return true;
        }
    }
}
