namespace CognitoM2M.Time;

/// <summary>Where work runs that no caller's thread may run. A simulation has one that runs everything in order.</summary>
internal interface IBackgroundWork
{
    /// <summary>Starts the work elsewhere, never before this method returns. The work does not throw.</summary>
    void Start(Func<Task> work);
}

/// <summary>On the thread pool, without the caller's execution context, which is not the work's.</summary>
internal sealed class ThreadPoolWork : IBackgroundWork
{
    public static readonly ThreadPoolWork Instance = new();

    public void Start(Func<Task> work) => ThreadPool.UnsafeQueueUserWorkItem(static work => _ = work(), work, preferLocal: false);
}
