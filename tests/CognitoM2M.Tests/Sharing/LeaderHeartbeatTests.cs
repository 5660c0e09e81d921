using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Sharing;

/// <summary>The leader shows by heartbeats in its lease that its work goes on.</summary>
public sealed class LeaderHeartbeatTests : LeaderElectionTest
{
    [Fact]
    public async Task Leader_with_heartbeats_stays_alive_for_as_long_as_its_work_takes()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = Bench.Run(() => leader.LeadAsync(() => work.Task));
        var waiting = CreateCandidate();

        for (var second = 0; second < 30; second++)
        {
            Assert.True(await Bench.Run(waiting.IsLeaseAliveAsync));
            Assert.False(await Bench.Run(waiting.TryBecomeLeaderAsync));
            Bench.Advance(1000);
        }

        work.SetResult("token");
        Assert.Equal("token", await leading);
        Assert.Empty(Bench.Cache.Entries);
    }

    [Fact]
    public async Task Leader_writes_a_heartbeat_every_half_second_and_none_after_its_work()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        Bench.Cache.History.Clear();
        var leading = Bench.Run(() => leader.LeadAsync(() => work.Task));

        Bench.Advance(499);
        Assert.Empty(Bench.Cache.History);
        Bench.Advance(1);
        Assert.Equal(["set"], Bench.Cache.History);
        Bench.Advance(1000);
        Assert.Equal(["set", "set", "set"], Bench.Cache.History);

        work.SetResult("token");
        await leading;
        Bench.Advance(5000);
        Assert.Equal(["set", "set", "set", "remove"], Bench.Cache.History);
    }

    [Fact]
    public async Task Other_processes_learn_how_long_the_request_of_the_leader_waits_for_its_turn()
    {
        var work = new TaskCompletionSource<string>();
        var (ofLeader, ofOther) = (new FetchOrder(FetchReason.Cold), new FetchOrder(FetchReason.Cold));
        var leader = CreateCandidate(ofLeader);
        await LeadAsync(leader);
        var other = CreateCandidate(ofOther);
        Assert.True(await Bench.Run(other.IsLeaseAliveAsync));
        ofLeader.StartTurnWait(Bench.Now);
        var leading = Bench.Run(() => leader.LeadAsync(() => work.Task));

        for (var look = 0; look < 15; look++)
        {
            Bench.Advance(200);
            Assert.True(await Bench.Run(other.IsLeaseAliveAsync));
        }

        Assert.Equal(TimeSpan.FromSeconds(3), ofOther.GetTurnWait(Bench.Now));
        ofLeader.EndTurnWait(Bench.Now);
        Bench.Advance(5000);
        Assert.True(await Bench.Run(other.IsLeaseAliveAsync));
        Assert.Equal(TimeSpan.FromSeconds(3), ofOther.GetTurnWait(Bench.Now));
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
        Assert.True(await Bench.Run(other.IsLeaseAliveAsync));
        ofLeader.AddTurnWait(TimeSpan.FromHours(1));
        _ = Bench.Run(() => leader.LeadAsync(() => new TaskCompletionSource<string>().Task));

        Bench.Advance(500);
        Assert.True(await Bench.Run(other.IsLeaseAliveAsync));

        Assert.Equal(TimeSpan.FromMilliseconds(500), order.GetTurnWait(Bench.Now));
    }

    [Fact]
    public async Task Leader_removes_its_lease_when_its_work_throws()
    {
        var leader = CreateCandidate();
        await LeadAsync(leader);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Bench.Run(() => leader.LeadAsync<string>(() => throw new InvalidOperationException())));

        Assert.Empty(Bench.Cache.Entries);
        Assert.True(await LeadAsync(CreateCandidate()));
    }

    [Fact]
    public async Task Leader_goes_on_with_heartbeats_after_a_failed_heartbeat()
    {
        var work = new TaskCompletionSource<string>();
        var leader = CreateCandidate();
        await LeadAsync(leader);
        var leading = Bench.Run(() => leader.LeadAsync(() => work.Task));
        Bench.Fail("set");
        Bench.Advance(500);
        Bench.Cache.Before = _ => Task.CompletedTask;
        Bench.Cache.Entries.Clear();

        // For a second, nothing but the heartbeat uses the store.
        Bench.Advance(1000);

        Assert.True(await Bench.Run(CreateCandidate().IsLeaseAliveAsync));
        work.SetResult("token");
        await leading;
    }
}
