namespace CognitoM2M.Tests.Support;

/// <summary>
/// Tells when the thread pool has done all work of a test. The tests that need to know this are one collection: no other tests run at the same
/// time, because their work would count, too.
/// </summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class QuietThreadPool
{
    public const string Name = "quiet thread pool";

    private const int FirstLooks = 100;

    // Threads of the pool that the test runner keeps.
    private int _kept = int.MaxValue;

    /// <summary>Made before the test starts any work.</summary>
    public QuietThreadPool()
    {
        for (var look = 0; look < FirstLooks; look++)
        {
            _kept = Math.Min(_kept, CountWorking());
            Thread.Yield();
        }
    }

    /// <summary>Whether no work is queued for the thread pool, and no thread of it works, except the calling one.</summary>
    public bool IsQuiet
    {
        get
        {
            if (ThreadPool.PendingWorkItemCount > 0)
                return false;

            _kept = Math.Min(_kept, CountWorking());
            return CountWorking() <= _kept;
        }
    }

    private static int CountWorking()
    {
        ThreadPool.GetMaxThreads(out var most, out _);
        ThreadPool.GetAvailableThreads(out var available, out _);
        return most - available - (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0);
    }
}
