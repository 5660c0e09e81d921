namespace CognitoM2M.Time;

/// <summary>Runs work that must not run on a caller's thread. A simulation uses an implementation that runs everything in order.</summary>
internal interface IBackgroundWork
{
    /// <summary>Starts the work elsewhere, never before this method returns. The work does not throw.</summary>
    void Start(Func<Task> work);
}

/// <summary>Runs work on the thread pool, without the execution context of the caller.</summary>
internal sealed class ThreadPoolWork : IBackgroundWork
{
    public static readonly ThreadPoolWork Instance = new();

    public void Start(Func<Task> work) => ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work(), work, preferLocal: false);
}
