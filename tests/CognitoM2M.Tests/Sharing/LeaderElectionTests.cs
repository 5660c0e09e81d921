using CognitoM2M.Sharing;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Sharing;

public sealed class LeaderElectionTests : IDisposable
{
    private readonly StoreBench _bench = new();
    private readonly SharedEntrySlots _slots = new(StoreBench.Key, "secret");

    [Fact]
    public async Task Process_that_finds_no_lease_leads_after_the_quiet_period()
    {
        var leading = _bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        _bench.Advance(99);
        Assert.False(leading.IsCompleted);
        _bench.Advance(1);
        Assert.True(await leading);
        Assert.Equal(["get", "set", "get"], _bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_finds_a_live_lease_neither_leads_nor_writes()
    {
        await LeadAsync(CreateCandidate());
        _bench.Cache.History.Clear();

        Assert.False(await _bench.Run(CreateCandidate().TryBecomeLeaderAsync));

        Assert.Equal(["get"], _bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_wrote_last_leads()
    {
        _bench.Delay("set", TimeSpan.FromMilliseconds(50));
        var last = _bench.Run(CreateCandidate().TryBecomeLeaderAsync);
        var first = _bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        _bench.Advance(150);

        Assert.True(await last);
        Assert.False(await first);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Process_whose_write_ends_after_the_quiet_period_does_not_lead(int milliseconds, bool leads)
    {
        _bench.Delay("set", TimeSpan.FromMilliseconds(milliseconds));
        var leading = _bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        _bench.Advance(milliseconds + 100);

        Assert.Equal(leads, await leading);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Process_whose_first_read_ends_after_the_quiet_period_does_not_write(int milliseconds, bool writes)
    {
        var candidate = CreateCandidate();
        _bench.Delay("get", TimeSpan.FromMilliseconds(milliseconds));
        var leading = _bench.Run(candidate.TryBecomeLeaderAsync);

        _bench.Advance(milliseconds + 100);

        Assert.Equal(writes, await leading);
        Assert.Equal(writes, _bench.Cache.History.Contains("set"));
    }

    [Fact]
    public async Task Process_that_wrote_late_leads_after_a_second_without_a_heartbeat_of_another_process()
    {
        var late = CreateCandidate();
        await WriteLateAsync(late);
        KeepEntries();

        Assert.True(await _bench.Run(late.IsLeaseAliveAsync));
        _bench.Advance(999);
        Assert.True(await _bench.Run(late.IsLeaseAliveAsync));
        Assert.False(await _bench.Run(late.TryBecomeLeaderAsync));
        _bench.Advance(1);
        Assert.False(await _bench.Run(late.IsLeaseAliveAsync));
        _bench.Cache.History.Clear();
        Assert.True(await _bench.Run(late.TryBecomeLeaderAsync));
        Assert.Equal(["get"], _bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_wrote_late_does_not_lead_if_another_process_leads()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = _bench.Run(() => leader.LeadAsync(() => work.Task));
        // The lease of the leader is lost for a moment, as if the late process had read before the leader wrote.
        var lease = Assert.Single(_bench.Cache.Entries);
        _bench.Cache.Entries.Clear();
        var late = CreateCandidate();
        await WriteLateAsync(late);
        Assert.NotEqual(lease.Value.Value, Assert.Single(_bench.Cache.Entries).Value.Value);
        Assert.True(await _bench.Run(late.IsLeaseAliveAsync));

        _bench.Advance(1000);

        Assert.True(await _bench.Run(late.IsLeaseAliveAsync));
        Assert.False(await _bench.Run(late.TryBecomeLeaderAsync));
        work.SetResult("token");
        Assert.Equal("token", await leading);
    }

    [Fact]
    public async Task Leader_without_a_heartbeat_counts_as_dead_after_two_seconds()
    {
        await LeadAsync(CreateCandidate());
        KeepEntries();
        var next = CreateCandidate();
        Assert.True(await _bench.Run(next.IsLeaseAliveAsync));

        _bench.Advance(1999);
        Assert.True(await _bench.Run(next.IsLeaseAliveAsync));
        Assert.False(await _bench.Run(next.TryBecomeLeaderAsync));

        _bench.Advance(1);
        Assert.False(await _bench.Run(next.IsLeaseAliveAsync));
        Assert.True(await LeadAsync(next));
    }

    [Fact]
    public async Task Store_drops_the_lease_of_a_dead_leader_after_two_seconds()
    {
        await LeadAsync(CreateCandidate());

        // 100 of the 2000 milliseconds were the quiet period.
        _bench.Advance(1899);
        Assert.True(await _bench.Run(CreateCandidate().IsLeaseAliveAsync));
        _bench.Advance(1);
        Assert.False(await _bench.Run(CreateCandidate().IsLeaseAliveAsync));
    }

    [Fact]
    public async Task Leader_with_heartbeats_stays_alive_for_as_long_as_its_work_takes()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = _bench.Run(() => leader.LeadAsync(() => work.Task));
        var waiting = CreateCandidate();

        for (var second = 0; second < 30; second++)
        {
            Assert.True(await _bench.Run(waiting.IsLeaseAliveAsync));
            Assert.False(await _bench.Run(waiting.TryBecomeLeaderAsync));
            _bench.Advance(1000);
        }

        work.SetResult("token");
        Assert.Equal("token", await leading);
        Assert.Empty(_bench.Cache.Entries);
    }

    [Fact]
    public async Task Leader_writes_a_heartbeat_every_half_second_and_none_after_its_work()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        _bench.Cache.History.Clear();
        var leading = _bench.Run(() => leader.LeadAsync(() => work.Task));

        _bench.Advance(499);
        Assert.Empty(_bench.Cache.History);
        _bench.Advance(1);
        Assert.Equal(["set"], _bench.Cache.History);
        _bench.Advance(1000);
        Assert.Equal(["set", "set", "set"], _bench.Cache.History);

        work.SetResult("token");
        await leading;
        _bench.Advance(5000);
        Assert.Equal(["set", "set", "set", "remove"], _bench.Cache.History);
    }

    [Fact]
    public async Task Other_processes_learn_how_long_the_request_of_the_leader_waits_for_its_turn()
    {
        var work = new TaskCompletionSource<string>();
        var (ofLeader, ofOther) = (new FetchOrder(FetchReason.Cold), new FetchOrder(FetchReason.Cold));
        var leader = CreateCandidate(ofLeader);
        await LeadAsync(leader);
        var other = CreateCandidate(ofOther);
        Assert.True(await _bench.Run(other.IsLeaseAliveAsync));
        ofLeader.StartTurnWait(_bench.Now);
        var leading = _bench.Run(() => leader.LeadAsync(() => work.Task));

        for (var look = 0; look < 15; look++)
        {
            _bench.Advance(200);
            Assert.True(await _bench.Run(other.IsLeaseAliveAsync));
        }

        Assert.Equal(TimeSpan.FromSeconds(3), ofOther.GetTurnWait(_bench.Now));
        ofLeader.EndTurnWait(_bench.Now);
        _bench.Advance(5000);
        Assert.True(await _bench.Run(other.IsLeaseAliveAsync));
        Assert.Equal(TimeSpan.FromSeconds(3), ofOther.GetTurnWait(_bench.Now));
        work.SetResult("token");
        await leading;
    }

    [Fact]
    public async Task Leader_cannot_have_waited_longer_than_the_other_process_has()
    {
        var order = new FetchOrder(FetchReason.Cold);
        var ofLeader = new FetchOrder(FetchReason.Cold);
        var leader = CreateCandidate(ofLeader);
        await LeadAsync(leader);
        var other = CreateCandidate(order);
        Assert.True(await _bench.Run(other.IsLeaseAliveAsync));
        ofLeader.AddTurnWait(TimeSpan.FromHours(1));
        _ = _bench.Run(() => leader.LeadAsync(() => new TaskCompletionSource<string>().Task));

        _bench.Advance(500);
        Assert.True(await _bench.Run(other.IsLeaseAliveAsync));

        Assert.Equal(TimeSpan.FromMilliseconds(500), order.GetTurnWait(_bench.Now));
    }

    [Fact]
    public async Task Leader_removes_its_lease_when_its_work_throws()
    {
        var leader = CreateCandidate();
        await LeadAsync(leader);

        await Assert.ThrowsAsync<InvalidOperationException>(() => _bench.Run(() => leader.LeadAsync<string>(() => throw new InvalidOperationException())));

        Assert.Empty(_bench.Cache.Entries);
        Assert.True(await LeadAsync(CreateCandidate()));
    }

    [Fact]
    public async Task Leader_goes_on_with_heartbeats_after_one_that_failed()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = _bench.Run(() => leader.LeadAsync(() => work.Task));
        _bench.Fail("set");
        _bench.Advance(500);
        _bench.Cache.Before = _ => Task.CompletedTask;
        _bench.Cache.Entries.Clear();

        // The store is left alone for a second.
        _bench.Advance(1000);

        Assert.True(await _bench.Run(CreateCandidate().IsLeaseAliveAsync));
        work.SetResult("token");
        await leading;
    }

    [Fact]
    public async Task Process_does_not_lead_if_its_lease_cannot_be_read()
    {
        var candidate = CreateCandidate();
        _bench.Fail("get");

        Assert.False(await _bench.Run(candidate.TryBecomeLeaderAsync));
        Assert.Equal(["get"], _bench.Cache.History);
    }

    [Fact]
    public async Task Process_does_not_wait_for_the_quiet_period_if_its_lease_cannot_be_written()
    {
        _bench.Fail("set");

        Assert.False(await _bench.Run(CreateCandidate().TryBecomeLeaderAsync));
        Assert.Equal(TimeSpan.Zero, _bench.Now);
    }

    [Fact]
    public async Task Process_does_not_lead_if_the_store_fails_in_the_quiet_period()
    {
        var leading = _bench.Run(CreateCandidate().TryBecomeLeaderAsync);
        _bench.Fail("get");

        _bench.Advance(100);

        Assert.False(await leading);
    }

    [Fact]
    public async Task Shutdown_ends_the_quiet_period_and_the_heartbeats()
    {
        using var stopping = new CancellationTokenSource();
        var leader = CreateCandidate(stopping: stopping.Token);
        await LeadAsync(leader);
        _ = _bench.Run(() => leader.LeadAsync(() => new TaskCompletionSource<string>().Task));
        _bench.Advance(500);
        _bench.Cache.History.Clear();
        _bench.Cache.Entries.Clear();
        var waiting = _bench.Run(CreateCandidate(stopping: stopping.Token).TryBecomeLeaderAsync);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        _bench.Advance(5000);
        Assert.Equal(["get", "set"], _bench.Cache.History);
    }

    public void Dispose() => _bench.Dispose();

    private LeaderElection CreateCandidate(FetchOrder? order = null, CancellationToken stopping = default) =>
        new(_slots, _bench.CreateUsedStore().StartSession(TimeSpan.FromSeconds(10)), order ?? new FetchOrder(FetchReason.Cold), _bench.Monotonic, stopping);

    private Task<bool> LeadAsync(LeaderElection candidate)
    {
        var leading = _bench.Run(candidate.TryBecomeLeaderAsync);
        _bench.Advance(100);
        return leading;
    }

    private async Task WriteLateAsync(LeaderElection late)
    {
        _bench.Delay("set", TimeSpan.FromMilliseconds(101));
        var leading = _bench.Run(late.TryBecomeLeaderAsync);
        _bench.Advance(101);
        Assert.False(await leading);
    }

    /// <summary>Makes the store keep its entries, whatever their time to live.</summary>
    private void KeepEntries()
    {
        foreach (var (name, entry) in _bench.Cache.Entries)
            _bench.Cache.Entries[name] = entry with { ExpiresAt = TimeSpan.FromDays(1) };
    }
}
