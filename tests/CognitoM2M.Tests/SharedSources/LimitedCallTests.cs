using CognitoM2M.Shared;
using CognitoM2M.Testing;

namespace CognitoM2M.Tests.SharedSources;

/// <summary>Code that this library does not control runs under a time limit, whatever that code does.</summary>
public sealed class LimitedCallTests
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan _grace = TimeSpan.FromSeconds(1);

    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Result_before_the_limit_is_returned()
    {
        var call = await RunAsync(_ => Task.FromResult(7), _grace);

        Assert.True(call.IsInTime);
        Assert.Equal(7, await call.Ended);
    }

    [Fact]
    public async Task Exception_before_the_limit_reaches_the_caller()
    {
        var call = await RunAsync(_ => throw new InvalidOperationException("broken"), _grace);

        Assert.True(call.IsInTime);
        Assert.Equal("broken", (await Assert.ThrowsAsync<InvalidOperationException>(() => call.Ended)).Message);
    }

    [Fact]
    public async Task Call_is_cancelled_at_the_limit_and_a_result_within_the_grace_period_is_returned()
    {
        var running = RunAsync(
            async cancelled =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                return 7;
            },
            _grace);
        while (_clock.NextTimerIn > _limit)
            await Task.Yield();
        // Only the limit passes. The grace period does not, however late the call continues.
        _clock.Advance(_limit);
        var call = await running;

        Assert.True(call.IsLate);
        Assert.False(call.IsInTime);
        Assert.Equal(7, await call.Ended!);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Call_that_ignores_its_cancellation_is_abandoned(int graceSeconds)
    {
        var never = new TaskCompletionSource<int>();
        var startedAt = _clock.GetUtcNow();

        var call = await _clock.RunAsync(RunAsync(_ => never.Task, TimeSpan.FromSeconds(graceSeconds)), skip: _limit);

        Assert.Null(call.Ended);
        Assert.True(call.IsLate);
        Assert.True(_clock.GetUtcNow() - startedAt >= _limit);
    }

    [Fact]
    public async Task Cancellation_callback_that_throws_or_blocks_does_not_delay_the_caller()
    {
        using var release = new ManualResetEventSlim();
        var never = new TaskCompletionSource<int>();

        var call = await _clock.RunAsync(
            RunAsync(
                cancelled =>
                {
                    cancelled.Register(() => throw new InvalidOperationException("callback"));
                    cancelled.Register(release.Wait);
                    return never.Task;
                },
                TimeSpan.Zero),
            skip: _limit);
        release.Set();

        Assert.Null(call.Ended);
    }

    [Fact]
    public async Task Stopping_ends_the_wait_and_cancels_the_call()
    {
        using var stopping = new CancellationTokenSource();
        var seen = new TaskCompletionSource();
        var running = LimitedCall.RunAsync(
            async cancelled =>
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancelled).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                seen.SetResult();
                return 7;
            },
            _limit, _grace, _clock, stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => running);
        await seen.Task;
    }

    [Fact]
    public async Task Caller_can_choose_the_thread_of_the_call()
    {
        var thread = Environment.CurrentManagedThreadId;
        var ranOn = 0;

        await LimitedCall.RunAsync(
            _ =>
            {
                ranOn = Environment.CurrentManagedThreadId;
                return Task.FromResult(7);
            },
            _limit, _grace, _clock, CancellationToken.None, start: static call => call());

        Assert.Equal(thread, ranOn);
    }

    private Task<LimitedCallResult<int>> RunAsync(Func<CancellationToken, Task<int>> call, TimeSpan grace) =>
        LimitedCall.RunAsync(call, _limit, grace, _clock, CancellationToken.None);
}
