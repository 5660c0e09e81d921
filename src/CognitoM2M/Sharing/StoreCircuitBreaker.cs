using CognitoM2M.Time;

namespace CognitoM2M.Sharing;

/// <summary>
/// Keeps operations away from a store that is out of order. After a failure no operation may start for 1 to 10 seconds, longer with each
/// failure in a row. Then one operation may start, and shows whether the store answers again.
/// </summary>
internal sealed class StoreCircuitBreaker(MonotonicClock clock, Func<double> random)
{
    private static readonly TimeSpan _longestBackOff = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private int _failures;
    private bool _isProbing;
    private TimeSpan _retryAt;

    /// <summary>Whether an operation may start now. If so, the outcome of the operation must be recorded afterwards.</summary>
    public bool TryStart()
    {
        lock (_gate)
        {
            if (_failures == 0)
                return true;
            if (_isProbing || clock.Now < _retryAt)
                return false;
            return _isProbing = true;
        }
    }

    /// <returns>Whether the store was out of order until now.</returns>
    public bool RecordSuccess()
    {
        lock (_gate)
        {
            var wasOutOfOrder = _failures > 0;
            _failures = 0;
            _isProbing = false;
            return wasOutOfOrder;
        }
    }

    /// <returns>Whether the store was working until now.</returns>
    public bool RecordFailure()
    {
        lock (_gate)
        {
            // Operations that were in flight together and all fail are one failure.
            if (_failures > 0 && !_isProbing)
                return false;

            _failures++;
            _isProbing = false;
            var backOff = BackOff.After(_failures, random());
            _retryAt = clock.Now + (backOff < _longestBackOff ? backOff : _longestBackOff);
            return _failures == 1;
        }
    }
}
