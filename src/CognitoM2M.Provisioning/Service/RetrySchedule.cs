namespace CognitoM2M.Provisioning.Service;

/// <summary>Pauses between attempts. They grow from 1 to 10 seconds and end with a time limit.</summary>
internal sealed class RetrySchedule(TimeProvider time, TimeSpan timeout)
{
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly long _startedAt = time.GetTimestamp();
    private TimeSpan _pause = TimeSpan.FromSeconds(1);

    /// <summary>Waits before the next attempt.</summary>
    /// <returns>False, without a wait, if the next attempt would come after the time limit.</returns>
    public async Task<bool> TryWaitAsync(CancellationToken cancellationToken)
    {
        if (time.GetElapsedTime(_startedAt) + _pause > timeout)
            return false;

        await Task.Delay(_pause, time, cancellationToken).ConfigureAwait(false);
        _pause = _pause * 2 < _longestPause ? _pause * 2 : _longestPause;
        return true;
    }
}
