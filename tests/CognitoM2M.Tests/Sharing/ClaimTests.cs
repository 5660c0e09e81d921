using CognitoM2M.Benchmarks.Fleet;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Of processes that all want a token at once, one asks.</summary>
public sealed class ClaimTests : IAsyncDisposable
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
    public async Task Claimant_that_dies_is_succeeded_within_seconds()
    {
        var dying = _fleet.Start();
        dying.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var never = dying.GetTokenAsync();
        while (_fleet.Sent == 0)
            _fleet.Step();
        var claim = Assert.Single(_fleet.Store.Entries);
        await Assert.ThrowsAsync<CognitoTokenException>(() => EndAsync(dying, never));
        // Gone without giving its claim up.
        _fleet.Store.Entries[claim.Key] = claim.Value;
        var startedAt = _fleet.Clock.GetElapsedTime(0);

        await _fleet.GetAsync(_fleet.Start());

        Assert.InRange(_fleet.Clock.GetElapsedTime(0) - startedAt, TimeSpan.Zero, TimeSpan.FromSeconds(3));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Claim_that_was_written_late_counts_after_a_second()
    {
        var late = _fleet.Start();
        _fleet.Store.Before = async cancelled =>
        {
            // Third comes the claim, after the looks for a token and for a claim.
            if (_fleet.Store.Operations == 3)
                await Task.Delay(TimeSpan.FromMilliseconds(150), late.Clock, cancelled);
        };
        var startedAt = _fleet.Clock.GetElapsedTime(0);

        await _fleet.GetAsync(late);

        Assert.InRange(_fleet.Clock.GetElapsedTime(0) - startedAt, TimeSpan.FromMilliseconds(1_100), TimeSpan.FromMilliseconds(1_700));
        Assert.Equal(1, _fleet.TokenRequests);
    }

    [Fact]
    public async Task Claim_that_lives_for_ever_costs_a_call_the_patience_it_has_for_cognito()
    {
        var claimant = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromMinutes(5));
        claimant.OnTokenRequest = (_, _) => new TaskCompletionSource<HttpResponseMessage>().Task;
        var never = claimant.GetTokenAsync();
        var waiting = _fleet.Start(configure: options => options.AttemptTimeout = TimeSpan.FromSeconds(5));
        while (_fleet.Sent == 0)
            _fleet.Step();
        var startedAt = _fleet.Clock.GetElapsedTime(0);
        var askedAt = TimeSpan.Zero;
        waiting.OnTokenRequest = (_, _) =>
        {
            askedAt = _fleet.Clock.GetElapsedTime(0);
            return Task.FromResult(World.TokenAnswer("token-1"));
        };

        await _fleet.GetAsync(waiting);

        // Twice the attempt's time, because it is the first token of a process.
        Assert.InRange(askedAt - startedAt, TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        await Assert.ThrowsAsync<CognitoTokenException>(() => EndAsync(claimant, never));
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

    private async Task<string> EndAsync(World world, Task<string> call)
    {
        _fleet.Start();
        await _fleet.ForgetAsync(world);
        return await _fleet.RunAsync(call);
    }
}
