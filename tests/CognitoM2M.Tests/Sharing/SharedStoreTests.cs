using CognitoM2M.Sharing;
using Microsoft.Extensions.Caching.Distributed;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Sharing;

public sealed class SharedStoreTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromMilliseconds(250);

    private readonly StoreBench _bench = new();
    private readonly SharedStore _store;

    public SharedStoreTests() => _store = _bench.CreateStore();

    [Fact]
    public async Task Answer_of_the_store_carries_the_value() =>
        Assert.Equal(new StoreAnswer(true, null), await RunAsync((_, _) => Task.FromResult<byte[]?>(null)));

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Failed_operation_gives_no_answer_and_is_logged_once(bool throwsAtOnce)
    {
        var failure = new InvalidOperationException("no connection");
        Task<byte[]?> Fail() => throwsAtOnce ? throw failure : Task.FromException<byte[]?>(failure);

        Assert.Equal(StoreAnswer.None, await RunAsync((_, _) => Fail()));
        _bench.Advance(1000);
        Assert.Equal(StoreAnswer.None, await RunAsync((_, _) => Fail()));

        Assert.Single(_bench.Log.Find(LogLevel.Warning));
        Assert.Contains("InvalidOperationException", _bench.Log.Find(LogLevel.Warning)[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Operation_that_passes_its_limit_is_cancelled_and_abandoned()
    {
        var cancelled = new TaskCompletionSource();
        var running = RunAsync((_, cancellation) =>
        {
            cancellation.Register(cancelled.SetResult);
            return new TaskCompletionSource<byte[]?>().Task;
        });

        _bench.Advance(249);
        Assert.False(running.IsCompleted);
        _bench.Advance(1);

        Assert.Equal(StoreAnswer.None, await running);
        await cancelled.Task;
        Assert.Contains("TimeoutException", Assert.Single(_bench.Log.Find(LogLevel.Warning)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Store_that_is_out_of_order_is_asked_again_after_a_second_and_its_recovery_is_logged()
    {
        var calls = 0;
        await RunAsync((_, _) => throw new InvalidOperationException());

        await RunAsync((_, _) => Count());
        Assert.Equal(0, calls);
        _bench.Advance(1000);
        await RunAsync((_, _) => Count());
        await RunAsync((_, _) => Count());

        Assert.Equal(2, calls);
        Assert.Single(_bench.Log.Find(LogLevel.Information));

        Task<byte[]?> Count()
        {
            calls++;
            return Task.FromResult<byte[]?>(null);
        }
    }

    [Fact]
    public async Task Store_counts_as_used_after_its_first_operation_has_ended()
    {
        var ended = new TaskCompletionSource<byte[]?>();
        var running = RunAsync((_, _) => ended.Task);
        Assert.False(_store.HasBeenUsed);

        ended.SetResult(null);
        await running;

        Assert.True(_store.HasBeenUsed);
    }

    [Fact]
    public async Task Store_counts_as_used_after_its_first_operation_has_failed()
    {
        await RunAsync((_, _) => throw new InvalidOperationException());

        Assert.True(_store.HasBeenUsed);
    }

    public void Dispose() => _bench.Dispose();

    private Task<StoreAnswer> RunAsync(Func<IDistributedCache, CancellationToken, Task<byte[]?>> operation) =>
        _bench.Run(() => _store.RunAsync("get", operation, _limit));
}
