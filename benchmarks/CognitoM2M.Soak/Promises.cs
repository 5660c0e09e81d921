using System.Globalization;

namespace CognitoM2M.Soak;

/// <summary>The promises of the library. A broken promise is printed at once with its time, and counted.</summary>
internal sealed class Promises(int seed)
{
    private const int MaxPrinted = 20;

    private readonly Lock _gate = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _broken;

    public int Broken => Volatile.Read(ref _broken);

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Reports a broken promise; null if none was broken.</summary>
    public void Check(string? broken, string clientId)
    {
        if (broken is not null)
            Break($"{broken} (app client {clientId})");
    }

    public void Break(string promise)
    {
        lock (_gate)
        {
            if (++_broken <= MaxPrinted)
                Console.Error.WriteLine($"BROKEN at {Elapsed.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)} s (seed {seed}): {promise}");
        }
    }
}
