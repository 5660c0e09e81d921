using CognitoM2M.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Sharing;

/// <summary>
/// A distributed cache that is not waited for longer than it is worth and never throws. While it is out of order it is left alone,
/// except for one attempt now and then that shows whether it is back.
/// </summary>
internal sealed class SharedStore(
    IDistributedCache cache, MonotonicClock clock, Func<double> random, Instruments instruments, IBackgroundWork background)
{
    private static readonly TimeSpan _longestOutageStep = TimeSpan.FromSeconds(10);

    // By any clock but the system's, what the processors do says nothing.
    private readonly Func<ProcessorUse?>? _processorUse = ReferenceEquals(clock.TimeProvider, TimeProvider.System) ? ProcessorUse.OfThisProcess : null;
    private readonly Lock _gate = new();
    private volatile bool _isSettled;
    private int _failures;
    private bool _attempting;
    private TimeSpan _retryAt;

    /// <summary>
    /// Whether a fetch has gone through here before: the process has started, all code has run once, and there are connections. What is
    /// slow from then on is the store.
    /// </summary>
    public bool IsSettled => _isSettled;

    public StoreVisit Visit(TimeSpan timeout) => new(this, new StorePatience(clock, timeout, _isSettled ? null : _processorUse));

    /// <summary>Says that a fetch has gone through.</summary>
    public void Settle() => _isSettled = true;

    /// <summary>Runs one operation on the cache.</summary>
    /// <param name="name">What it is; for those who watch.</param>
    /// <param name="operation">May throw, hang or block its thread.</param>
    /// <param name="patience">How long to wait for it.</param>
    public async Task<StoreAnswer> RunAsync(string name, Func<IDistributedCache, CancellationToken, Task<byte[]?>> operation, StorePatience patience)
    {
        if (!MayTry())
            return StoreAnswer.None;

        var startedAt = clock.Now;
        var cancellation = new CancellationTokenSource();
        try
        {
            patience.Begin();
            var value = await EndedAsync(Started(() => operation(cache, cancellation.Token)), patience).ConfigureAwait(false);
            Succeeded();
            instruments.StoreOperationEnded(name, clock.Now - startedAt, error: null);
            return new StoreAnswer(true, value);
        }
        catch (Exception error)
        {
            // Not waited for: an operation that hangs may hang on being cancelled too.
            cancellation.CancelAsync().Forget();
            Failed(error);
            instruments.StoreOperationEnded(name, clock.Now - startedAt, error.GetType().Name);
            return StoreAnswer.None;
        }
    }

    private async Task<byte[]?> EndedAsync(Task<byte[]?> operation, StorePatience patience)
    {
        while (!await EndsWithinAsync(operation, patience.Left).ConfigureAwait(false))
        {
            if (IsSuspect || !patience.Count())
                throw new TimeoutException();
            patience.Begin();
        }

        patience.Count();
        return await operation.ConfigureAwait(false);
    }

    private async Task<bool> EndsWithinAsync(Task operation, TimeSpan timeout)
    {
        try
        {
            await operation.WaitAsync(timeout, clock.TimeProvider).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            // Ended all the same, if this thread got the processor late.
            return operation.IsCompleted;
        }
    }

    private Task<byte[]?> Started(Func<Task<byte[]?>> operation)
    {
        var ended = new TaskCompletionSource<byte[]?>();
        background.Start(async () =>
        {
            try
            {
                ended.SetResult(await operation().ConfigureAwait(false));
            }
            catch (Exception error)
            {
                ended.SetException(error);
                // Seen, even if nobody waits for it any more.
                _ = ended.Task.Exception;
            }
        });
        return ended.Task;
    }

    /// <summary>Whether it has not answered of late: it is not excused then if it does not answer now.</summary>
    public bool IsSuspect
    {
        get
        {
            lock (_gate)
                return _failures > 0;
        }
    }

    private bool MayTry()
    {
        lock (_gate)
        {
            if (_failures == 0)
                return true;
            if (_attempting || clock.Now < _retryAt)
                return false;
            return _attempting = true;
        }
    }

    private void Succeeded()
    {
        lock (_gate)
        {
            if (_failures == 0)
                return;
            _failures = 0;
            _attempting = false;
        }

        instruments.StoreRecovered();
    }

    private void Failed(Exception error)
    {
        bool isFirst;
        lock (_gate)
        {
            // Of operations that were under way together, one counts.
            if (_failures > 0 && !_attempting)
                return;

            isFirst = _failures++ == 0;
            _attempting = false;
            var step = BackOff.After(_failures, retryAfter: null, random());
            _retryAt = clock.Now + (step < _longestOutageStep ? step : _longestOutageStep);
        }

        if (isFirst)
            instruments.StoreFailed(error);
    }
}

/// <summary>What came of an operation on the store.</summary>
/// <param name="IsAnswer">False if the store is out of order.</param>
/// <param name="Value">What was found, if something was looked for and found.</param>
internal readonly record struct StoreAnswer(bool IsAnswer, byte[]? Value)
{
    public static readonly StoreAnswer None;
}
