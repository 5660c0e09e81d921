using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A store that fails, hangs or blocks delays a call by its time-out once, and is logged once.</summary>
[Collection(QuietThreadPool.Name)]
public sealed class StoreOutageTests : IAsyncDisposable
{
    private readonly StubbedFleet _fleet = new();
    private readonly LogRecorder _log = new();

    [Fact]
    public async Task Failed_store_is_logged_once_and_not_asked_again_at_once()
    {
        _fleet.Store.Before = _ => throw new InvalidOperationException("no connection");
        var process = Start();

        await _fleet.GetAsync(process);
        for (var scope = 0; scope < 100; scope++)
            await _fleet.GetAsync(process, new CognitoTokenRequest { Scopes = [$"tenants/{scope}"] });

        Assert.Equal(1, _fleet.Store.Operations);
        Assert.Single(_log.Lines, line => line.StartsWith("Warning 8", StringComparison.Ordinal));
        Assert.Equal(101, _fleet.TokenRequests);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frozen_store_delays_the_first_call_of_a_process_by_two_seconds(bool blocksTheThread)
    {
        await using var process = new StubbedService(options => options.DistributedCache = _fleet.Store);

        await AssertFrozenStoreDelaysAsync(process, TimeSpan.FromSeconds(2), blocksTheThread);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Frozen_store_delays_later_calls_by_its_time_out(bool blocksTheThread)
    {
        await _fleet.GetAsync(_fleet.Start());
        await using var process = new StubbedService(options => options.DistributedCache = _fleet.Store);
        // The store answers with the token of the process above.
        await process.GetTokenAsync();

        await AssertFrozenStoreDelaysAsync(process, TimeSpan.FromMilliseconds(250), blocksTheThread);
    }

    [Fact]
    public async Task Store_that_answers_again_is_used_again_and_logged()
    {
        _fleet.Store.Before = _ => throw new InvalidOperationException("no connection");
        var process = Start();
        await _fleet.GetAsync(process);
        _fleet.Store.Before = _ => Task.CompletedTask;

        _fleet.Advance(TimeSpan.FromMinutes(52));
        await _fleet.GetRenewedAsync(process);

        Assert.Equal("token-2", await _fleet.GetAsync(_fleet.Start()));
        Assert.Single(_log.Lines, line => line.StartsWith("Information 9", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Token_of_another_process_stays_in_use_while_the_store_is_out_of_order()
    {
        await _fleet.GetAsync(_fleet.Start());
        var process = Start();
        await _fleet.GetAsync(process);
        _fleet.Store.Before = _ => throw new InvalidOperationException("no connection");

        for (var minute = 0; minute < 45; minute++)
        {
            Assert.Equal("token-1", await _fleet.GetRenewedAsync(process));
            _fleet.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Store_that_lost_its_entries_costs_the_fleet_one_request()
    {
        var processes = Enumerable.Range(0, 5).Select(_ => _fleet.Start()).ToList();
        foreach (var process in processes)
            await _fleet.GetAsync(process);

        _fleet.Store.Entries.Clear();
        for (var minute = 0; minute < 20; minute++)
        {
            foreach (var process in processes)
                await _fleet.GetRenewedAsync(process);
            _fleet.Advance(TimeSpan.FromMinutes(1));
        }

        Assert.Equal(2, _fleet.TokenRequests);
    }

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private async Task AssertFrozenStoreDelaysAsync(StubbedService process, TimeSpan delay, bool blocksTheThread)
    {
        using var thawed = new ManualResetEventSlim();
        _fleet.Store.Before = _ =>
        {
            if (blocksTheThread)
                thawed.Wait(CancellationToken.None);
            return new TaskCompletionSource().Task;
        };
        var before = _fleet.Store.Operations;
        var startedAt = process.Clock.GetElapsedTime(0);

        var call = process.GetTokenAsync(new CognitoTokenRequest { Scopes = ["orders/frozen"] });
        while (_fleet.Store.Operations == before || process.Clock.NextTimerIn > delay)
            await Task.Yield();
        process.Clock.Advance(delay - TimeSpan.FromMilliseconds(1));
        Assert.False(call.IsCompleted);
        process.Clock.Advance(TimeSpan.FromMilliseconds(1));
        await call;

        Assert.Equal(delay, process.Clock.GetElapsedTime(0) - startedAt);
        Assert.Equal(before + 1, _fleet.Store.Operations);
        thawed.Set();
    }

    private StubbedService Start(Action<CognitoM2MClientOptions>? configure = null) => _fleet.Start(
        configure: configure, services: services => services.AddLogging(logging => logging.AddProvider(_log)));
}
