using CognitoM2M.Benchmarks.Fleet;

namespace CognitoM2M.Tests.Sharing;

/// <summary>The bounds that docs/fleet.md promises, on simulated time. The command <c>-- fleet</c> of the benchmarks measures larger fleets.</summary>
public sealed class FleetSimulationTests
{
    [Theory]
    [InlineData("steady")]
    [InlineData("bursts")]
    [InlineData("scale-out")]
    public void Fleet_makes_one_request_at_the_start_and_little_more_than_one_per_token_lifetime(string traffic)
    {
        var result = FleetSimulation.Run(300, Traffic.All.Single(shape => shape.Name == traffic), sharedTier: true, lifetimes: 2);

        Assert.Equal(1, result.ColdRequests);
        Assert.InRange(result.RequestsPerLifetime, 0.5, 1.2);
    }

    [Fact]
    public void Simulation_is_the_same_every_time() => Assert.Equal(
        FleetSimulation.Run(50, Traffic.All[0], sharedTier: true, lifetimes: 3), FleetSimulation.Run(50, Traffic.All[0], sharedTier: true, lifetimes: 3));
}
