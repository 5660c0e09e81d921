using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class LeaderElectionTests : LeaderElectionTest
{
    [Fact]
    public async Task Process_that_finds_no_lease_leads_after_the_quiet_period()
    {
        var leading = Bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        Bench.Advance(99);
        Assert.False(leading.IsCompleted);
        Bench.Advance(1);
        Assert.True(await leading);
        Assert.Equal(["get", "set", "get"], Bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_finds_a_live_lease_neither_leads_nor_writes()
    {
        await LeadAsync(CreateCandidate());
        Bench.Cache.History.Clear();

        Assert.False(await Bench.Run(CreateCandidate().TryBecomeLeaderAsync));

        Assert.Equal(["get"], Bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_wrote_last_leads()
    {
        Bench.Delay("set", TimeSpan.FromMilliseconds(50));
        var last = Bench.Run(CreateCandidate().TryBecomeLeaderAsync);
        var first = Bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        Bench.Advance(150);

        Assert.True(await last);
        Assert.False(await first);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Process_whose_write_ends_after_the_quiet_period_does_not_lead(int milliseconds, bool leads)
    {
        Bench.Delay("set", TimeSpan.FromMilliseconds(milliseconds));
        var leading = Bench.Run(CreateCandidate().TryBecomeLeaderAsync);

        Bench.Advance(milliseconds + 100);

        Assert.Equal(leads, await leading);
    }

    [Theory]
    [InlineData(100, true)]
    [InlineData(101, false)]
    public async Task Process_whose_first_read_ends_after_the_quiet_period_does_not_write(int milliseconds, bool writes)
    {
        var candidate = CreateCandidate();
        Bench.Delay("get", TimeSpan.FromMilliseconds(milliseconds));
        var leading = Bench.Run(candidate.TryBecomeLeaderAsync);

        Bench.Advance(milliseconds + 100);

        Assert.Equal(writes, await leading);
        Assert.Equal(writes, Bench.Cache.History.Contains("set"));
    }

    [Fact]
    public async Task Process_that_wrote_late_leads_after_a_second_without_a_heartbeat_of_another_process()
    {
        var late = CreateCandidate();
        await WriteLateAsync(late);
        KeepEntries();

        Assert.True(await Bench.Run(late.IsLeaseAliveAsync));
        Bench.Advance(999);
        Assert.True(await Bench.Run(late.IsLeaseAliveAsync));
        Assert.False(await Bench.Run(late.TryBecomeLeaderAsync));
        Bench.Advance(1);
        Assert.False(await Bench.Run(late.IsLeaseAliveAsync));
        Bench.Cache.History.Clear();
        Assert.True(await Bench.Run(late.TryBecomeLeaderAsync));
        Assert.Equal(["get"], Bench.Cache.History);
    }

    [Fact]
    public async Task Process_that_wrote_late_does_not_lead_if_another_process_leads()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = Bench.Run(() => leader.LeadAsync(() => work.Task));
        // The lease of the leader is lost for a moment, as if the late process had read before the leader wrote.
        var lease = Assert.Single(Bench.Cache.Entries);
        Bench.Cache.Entries.Clear();
        var late = CreateCandidate();
        await WriteLateAsync(late);
        Assert.NotEqual(lease.Value.Value, Assert.Single(Bench.Cache.Entries).Value.Value);
        Assert.True(await Bench.Run(late.IsLeaseAliveAsync));

        Bench.Advance(1000);

        Assert.True(await Bench.Run(late.IsLeaseAliveAsync));
        Assert.False(await Bench.Run(late.TryBecomeLeaderAsync));
        work.SetResult("token");
        Assert.Equal("token", await leading);
    }

    [Fact]
    public async Task Leader_without_a_heartbeat_counts_as_dead_after_two_seconds()
    {
        await LeadAsync(CreateCandidate());
        KeepEntries();
        var next = CreateCandidate();
        Assert.True(await Bench.Run(next.IsLeaseAliveAsync));

        Bench.Advance(1999);
        Assert.True(await Bench.Run(next.IsLeaseAliveAsync));
        Assert.False(await Bench.Run(next.TryBecomeLeaderAsync));

        Bench.Advance(1);
        Assert.False(await Bench.Run(next.IsLeaseAliveAsync));
        Assert.True(await LeadAsync(next));
    }

    [Fact]
    public async Task Store_drops_the_lease_of_a_dead_leader_after_two_seconds()
    {
        await LeadAsync(CreateCandidate());

        // 100 of the 2000 milliseconds were the quiet period.
        Bench.Advance(1899);
        Assert.True(await Bench.Run(CreateCandidate().IsLeaseAliveAsync));
        Bench.Advance(1);
        Assert.False(await Bench.Run(CreateCandidate().IsLeaseAliveAsync));
    }

    [Fact]
    public async Task Process_does_not_lead_if_its_lease_cannot_be_read()
    {
        var candidate = CreateCandidate();
        Bench.Fail("get");

        Assert.False(await Bench.Run(candidate.TryBecomeLeaderAsync));
        Assert.Equal(["get"], Bench.Cache.History);
    }

    [Fact]
    public async Task Process_does_not_wait_for_the_quiet_period_if_its_lease_cannot_be_written()
    {
        Bench.Fail("set");

        Assert.False(await Bench.Run(CreateCandidate().TryBecomeLeaderAsync));
        Assert.Equal(TimeSpan.Zero, Bench.Now);
    }

    [Fact]
    public async Task Process_does_not_lead_if_the_store_fails_in_the_quiet_period()
    {
        var leading = Bench.Run(CreateCandidate().TryBecomeLeaderAsync);
        Bench.Fail("get");

        Bench.Advance(100);

        Assert.False(await leading);
    }

    [Fact]
    public async Task Shutdown_ends_the_quiet_period_and_the_heartbeats()
    {
        using var stopping = new CancellationTokenSource();
        var leader = CreateCandidate(stopping: stopping.Token);
        await LeadAsync(leader);
        _ = Bench.Run(() => leader.LeadAsync(() => new TaskCompletionSource<string>().Task));
        Bench.Advance(500);
        Bench.Cache.History.Clear();
        Bench.Cache.Entries.Clear();
        var waiting = Bench.Run(CreateCandidate(stopping: stopping.Token).TryBecomeLeaderAsync);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Bench.Advance(5000);
        Assert.Equal(["get", "set"], Bench.Cache.History);
    }

    private async Task WriteLateAsync(LeaderElection late)
    {
        Bench.Delay("set", TimeSpan.FromMilliseconds(101));
        var leading = Bench.Run(late.TryBecomeLeaderAsync);
        Bench.Advance(101);
        Assert.False(await leading);
    }

    /// <summary>Makes the store keep its entries, whatever their time to live.</summary>
    private void KeepEntries()
    {
        foreach (var (name, entry) in Bench.Cache.Entries)
            Bench.Cache.Entries[name] = entry with { ExpiresAt = TimeSpan.FromDays(1) };
    }
}
