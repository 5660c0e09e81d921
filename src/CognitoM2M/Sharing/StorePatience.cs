using CognitoM2M.Time;

namespace CognitoM2M.Sharing;

/// <summary>
/// How long the operations of one fetch wait for the store: one time-out together. Time in which this process did not get a processor
/// is not the store's fault and does not count, up to a bound: of many processes that start at once each would else take a store that
/// answers at once for slow, and ask Cognito.
/// </summary>
/// <param name="clock">Measures what an operation takes.</param>
/// <param name="timeout">What the store may take.</param>
/// <param name="processorUse">What this process had of the processors so far; null if that is not to be looked at.</param>
internal sealed class StorePatience(MonotonicClock clock, TimeSpan timeout, Func<ProcessorUse?>? processorUse)
{
    /// <summary>How much time may be excused before the store is given up all the same.</summary>
    public static readonly TimeSpan LongestExcuse = TimeSpan.FromSeconds(5);

    private readonly TimeSpan _timeout = timeout;
    private TimeSpan _since;
    private ProcessorUse? _usedThen;
    private TimeSpan _excused;

    /// <summary>What is left of the time-out.</summary>
    public TimeSpan Left { get; private set; } = timeout;

    public bool IsExhausted => Left <= TimeSpan.Zero;

    public void StartAnew()
    {
        Left = _timeout;
        _excused = TimeSpan.Zero;
    }

    /// <summary>Counts from now on.</summary>
    public void Begin()
    {
        _since = clock.Now;
        _usedThen = processorUse?.Invoke();
    }

    /// <summary>Counts the time since the beginning, unless it is excused; the next time-out is then a whole one.</summary>
    /// <returns>Whether it was excused.</returns>
    public bool Count()
    {
        var took = clock.Now - _since;
        // What is over soon is not worth a look at the processors.
        if (took > _timeout / 4 && _excused < LongestExcuse && WasStarved(took))
        {
            _excused += took;
            Left = _timeout;
            return true;
        }

        Left -= took;
        return false;
    }

    // Many threads that each wait a little are a busy process, not a starved one: it runs longer than it waits.
    private bool WasStarved(TimeSpan took)
    {
        if (_usedThen is not { } then || processorUse?.Invoke() is not { } now)
            return false;

        var (ran, waited) = now - then;
        return waited >= took / 3 && waited > ran;
    }
}
