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

/// <summary>Runs each work on a thread of its own, for callers that block their threads: the thread pool may be full of such callers.</summary>
internal sealed class OwnThread : IBackgroundWork
{
    public static readonly OwnThread Instance = new();

    public void Start(Func<Task> work) => new Thread(() => _ = work()) { IsBackground = true, Name = "CognitoM2M token fetch" }.UnsafeStart();
}
