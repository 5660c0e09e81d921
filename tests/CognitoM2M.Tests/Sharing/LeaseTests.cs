using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class LeaseTests
{
    [Fact]
    public void Lease_is_read_as_it_was_written()
    {
        var lease = Lease.Create().AddHeartbeat(TimeSpan.Zero).AddHeartbeat(TimeSpan.FromSeconds(1.5));

        Assert.Equal(lease, Lease.Parse(lease.ToBytes()));
        Assert.Equal((2, TimeSpan.FromSeconds(1.5)), (lease.Heartbeats, lease.TurnWait));
    }

    [Fact]
    public void Leases_of_two_attempts_differ() => Assert.NotEqual(Lease.Create(), Lease.Create());

    [Fact]
    public void Heartbeat_changes_the_lease()
    {
        var lease = Lease.Create();

        Assert.NotEqual(lease, lease.AddHeartbeat(TimeSpan.Zero));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(27)]
    [InlineData(29)]
    public void Bytes_of_another_length_are_not_a_lease(int length) => Assert.Null(Lease.Parse(new byte[length]));
}
