using System.Globalization;

namespace CognitoM2M.Soak;

/// <summary>What must hold at all times. A broken promise is said at once, with the moment, and counted.</summary>
internal sealed class Promises(int seed)
{
    private const int MostSaid = 20;

    private readonly Lock _gate = new();
    private readonly long _start = TimeProvider.System.GetTimestamp();
    private int _broken;

    public int Broken => Volatile.Read(ref _broken);

    public TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_start);

    /// <summary>Says what was broken, if anything was.</summary>
    public void Check(string? broken, string clientId)
    {
        if (broken is not null)
            Break($"{broken} (app client {clientId})");
    }

    public void Break(string promise)
    {
        lock (_gate)
        {
            if (++_broken <= MostSaid)
                Console.Error.WriteLine($"BROKEN at {Elapsed.TotalSeconds.ToString("F3", CultureInfo.InvariantCulture)} s (seed {seed}): {promise}");
        }
    }
}
