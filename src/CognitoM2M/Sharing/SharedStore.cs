using CognitoM2M.Diagnostics;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Sharing;

/// <summary>
/// A distributed cache whose operations never throw, end within a limit, and do not start while the cache is out of order. All clients of
/// a process that use the same cache share one store, so all of them know at once when the cache is out of order.
/// </summary>
internal sealed class SharedStore(
    IDistributedCache cache, MonotonicClock clock, Func<double> random, Instruments instruments, IBackgroundWork background)
{
    private readonly StoreCircuitBreaker _breaker = new(clock, random);
    private volatile bool _hasBeenUsed;

    /// <summary>Whether an operation has ended, with success or failure: connections are open and the code is compiled.</summary>
    public bool HasBeenUsed => _hasBeenUsed;

    public StoreSession StartSession(TimeSpan timeout) => new(this, timeout, clock);

    /// <summary>Runs one operation on the cache.</summary>
    /// <param name="name">The operation's name in metrics.</param>
    /// <param name="operation">May throw, hang or block its thread.</param>
    /// <param name="limit">How long the operation may take. Then it is cancelled and abandoned.</param>
    public async Task<StoreAnswer> RunAsync(string name, Func<IDistributedCache, CancellationToken, Task<byte[]?>> operation, TimeSpan limit)
    {
        if (!_breaker.TryStart())
            return StoreAnswer.None;

        var startedAt = clock.Now;
        try
        {
            // The disposal of the provider does not end operations: a leader that stops still removes its lease.
            var call = await LimitedCall.RunAsync(
                cancelled => operation(cache, cancelled), limit, grace: TimeSpan.Zero, clock.TimeProvider, CancellationToken.None, StartAsync).ConfigureAwait(false);
            var value = call.IsInTime ? await call.Ended.ConfigureAwait(false) : throw new TimeoutException();

            _hasBeenUsed = true;
            if (_breaker.RecordSuccess())
                instruments.StoreRecovered();
            instruments.StoreOperationEnded(name, clock.Now - startedAt, error: null);
            return new StoreAnswer(true, value);
        }
        catch (Exception error)
        {
            _hasBeenUsed = true;
            if (_breaker.RecordFailure())
                instruments.StoreFailed(error);
            instruments.StoreOperationEnded(name, clock.Now - startedAt, error.GetType().Name);
            return StoreAnswer.None;
        }
    }

    private Task<byte[]?> StartAsync(Func<Task<byte[]?>> operation)
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
            }
        });
        return ended.Task;
    }
}

/// <summary>The result of an operation on the store.</summary>
/// <param name="IsAnswer">False if the store did not answer.</param>
/// <param name="Value">The value that was found; null if there is none, and for operations that read nothing.</param>
internal readonly record struct StoreAnswer(bool IsAnswer, byte[]? Value)
{
    public static readonly StoreAnswer None;
}
