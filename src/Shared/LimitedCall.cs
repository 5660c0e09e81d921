using System.Diagnostics.CodeAnalysis;

namespace CognitoM2M.Shared;

/// <summary>
/// Runs code that this library does not control (an HttpClient, a cache, a source of secrets) under a time limit. Such code may throw,
/// block its thread, ignore its cancellation, or throw from a cancellation callback. When the limit has passed, the call is cancelled and
/// given a moment to end; then it is abandoned: it may still run, but nobody waits for it. No caller waits longer than limit and grace together.
/// </summary>
internal static class LimitedCall
{
    /// <param name="call">The code to run. Runs on another thread than the caller's.</param>
    /// <param name="limit">How long the call may take before it is cancelled.</param>
    /// <param name="grace">How long a cancelled call may take to end; zero to abandon it at once.</param>
    /// <param name="timeProvider">The clock.</param>
    /// <param name="stopping">Ends the wait and cancels the call, without grace.</param>
    /// <param name="start">Starts the call elsewhere; the thread pool by default.</param>
    /// <exception cref="OperationCanceledException"><paramref name="stopping"/> was cancelled before the call ended.</exception>
    public static async Task<LimitedCallResult<T>> RunAsync<T>(
        Func<CancellationToken, Task<T>> call,
        TimeSpan limit,
        TimeSpan grace,
        TimeProvider timeProvider,
        CancellationToken stopping,
        Func<Func<Task<T>>, Task<T>>? start = null)
    {
        // Not disposed: a CancellationTokenSource without a timer holds nothing, and an abandoned call may still use its token.
        var cancellation = new CancellationTokenSource();
        var running = start is null ? Task.Run(() => call(cancellation.Token), CancellationToken.None) : start(() => call(cancellation.Token));
        if (await EndsWithinAsync(running, limit, timeProvider, stopping).ConfigureAwait(false))
            return new LimitedCallResult<T>(running, IsLate: false);

        // CancelAsync, because a cancellation callback may block or throw. Nobody waits for it.
        IgnoreFailure(cancellation.CancelAsync());
        IgnoreFailure(running);
        stopping.ThrowIfCancellationRequested();

        var ended = grace > TimeSpan.Zero && await EndsWithinAsync(running, grace, timeProvider, stopping).ConfigureAwait(false);
        stopping.ThrowIfCancellationRequested();
        return new LimitedCallResult<T>(ended ? running : null, IsLate: true);
    }

    /// <summary>Observes the exception of a task that nobody awaits, so that <see cref="TaskScheduler.UnobservedTaskException"/> is not raised.</summary>
    public static void IgnoreFailure(Task task)
    {
        _ = ObserveAsync(task);

        static async Task ObserveAsync(Task task) => await task.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static async Task<bool> EndsWithinAsync(Task running, TimeSpan limit, TimeProvider timeProvider, CancellationToken stopping)
    {
        await running.WaitAsync(limit, timeProvider, stopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompleted;
    }
}

/// <summary>How a <see cref="LimitedCall"/> ended.</summary>
/// <param name="Ended">The call, which has ended, with its result or its exception; null if it was abandoned.</param>
/// <param name="IsLate">Whether the limit passed before the call ended.</param>
internal readonly record struct LimitedCallResult<T>(Task<T>? Ended, bool IsLate)
{
    /// <summary>Whether the call ended in time, with a result or an exception.</summary>
    [MemberNotNullWhen(true, nameof(Ended))]
    public bool IsInTime => Ended is not null && !IsLate;
}
