using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Sharing;

/// <summary>When several processes need a token at once, one of them asks Cognito.</summary>
public sealed class LeaderElectionTests : IAsyncDisposable
{
    private readonly SharedWorlds _fleet = new();

    [Fact]
    public async Task Twenty_processes_that_start_at_once_make_one_request()
    {
        var worlds = Enumerable.Range(0, 20).Select(_ => _fleet.Start()).ToList();

        var tokens = await _fleet.RunAsync(Task.WhenAll(worlds.Select(world => world.GetTokenAsync())));

        Assert.Single(tokens.Distinct(StringComparer.Ordinal));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Dead_leader_is_replaced_within_three_seconds()
    {
        var dying = _fleet.Start();
        dying.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var never = dying.GetTokenAsync();
        while (_fleet.Sent == 0)
            _fleet.Step();
        var lease = Assert.Single(_fleet.Store.Entries);
        await Assert.ThrowsAsync<CognitoTokenException>(() => EndAsync(dying, never));
        // A process that dies does not remove its lease.
        _fleet.Store.Entries[lease.Key] = lease.Value;
        var startedAt = _fleet.Clock.GetElapsedTime(0);

        await _fleet.GetAsync(_fleet.Start());

        Assert.InRange(_fleet.Clock.GetElapsedTime(0) - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Lease_that_was_written_late_counts_after_a_second()
    {
        var late = _fleet.Start();
        _fleet.Store.Before = async cancelled =>
        {
            // The third operation writes the lease, after the looks for a token and for a lease.
            if (_fleet.Store.Operations == 3)
                await Task.Delay(TimeSpan.FromMilliseconds(150), late.Clock, cancelled);
        };
        var startedAt = _fleet.Clock.GetElapsedTime(0);

        await _fleet.GetAsync(late);

        Assert.InRange(_fleet.Clock.GetElapsedTime(0) - startedAt, TimeSpan.FromMilliseconds(1_100), TimeSpan.FromMilliseconds(1_700));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Process_waits_for_a_leader_that_never_ends_as_long_as_its_own_request_may_take()
    {
        var leader = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromMinutes(5));
        leader.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var never = leader.GetTokenAsync();
        var waiting = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromSeconds(5));
        while (_fleet.Sent == 0)
            _fleet.Step();
        var startedAt = _fleet.Clock.GetElapsedTime(0);
        var askedAt = TimeSpan.Zero;
        waiting.OnTokenRequest = (_, _) =>
        {
            askedAt = _fleet.Clock.GetElapsedTime(0);
            return Task.FromResult(StubbedResponse.CreateToken("token-1"));
        };

        await _fleet.GetAsync(waiting);

        Assert.InRange(askedAt - startedAt, TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(5.5));
        await Assert.ThrowsAsync<CognitoTokenException>(() => EndAsync(leader, never));
    }

    [Theory]
    [InlineData("steady")]
    [InlineData("bursts")]
    [InlineData("scale-out")]
    public void Thousand_processes_make_at_most_five_requests_at_first_and_two_in_a_lifetime(string traffic)
    {
        var result = FleetSimulation.Run(1_000, Traffic.All.Single(shape => shape.Name == traffic), sharedTier: true, lifetimes: 2);

        Assert.InRange(result.ColdRequests, 1, 5);
        Assert.InRange(result.RequestsPerLifetime, 0.5, 2);
    }

    [Fact]
    public void Simulation_is_the_same_every_time() => Assert.Equal(
        FleetSimulation.Run(50, Traffic.All[0], sharedTier: true, lifetimes: 3), FleetSimulation.Run(50, Traffic.All[0], sharedTier: true, lifetimes: 3));

    public ValueTask DisposeAsync() => _fleet.DisposeAsync();

    private async Task<string> EndAsync(StubbedService world, Task<string> call)
    {
        _fleet.Start();
        await _fleet.ForgetAsync(world);
        return await _fleet.RunAsync(call);
    }
}
