using CognitoM2M.Tokens;
using FsCheck;
using FsCheck.Fluent;

namespace CognitoM2M.Tests.Tokens;

/// <summary>When a token is renewed, and from when on it is not sent.</summary>
public sealed class TokenLifetimeTests
{
    [Theory]
    [InlineData(3600, 0.0, 2700, 3570)]
    [InlineData(3600, 1.0, 3060, 3570)]
    [InlineData(300, 0.0, 225, 270)]
    [InlineData(60, 0.5, 48, 54)]
    [InlineData(86_400, 0.0, 64_800, 86_370)]
    public void Token_is_renewed_between_75_and_85_percent_of_its_life_and_unusable_shortly_before_its_end(
        int lifetime, double random, int renewAt, int unusableAt)
    {
        var sentAt = TimeSpan.FromDays(3);

        var instants = TokenLifetime.Create(sentAt, TimeSpan.FromSeconds(lifetime), random);

        Assert.Equal(TimeSpan.FromSeconds(renewAt), instants.RenewAt - sentAt);
        Assert.Equal(TimeSpan.FromSeconds(unusableAt), instants.UnusableAt - sentAt);
    }

    [Theory]
    [InlineData(3600, 3599)]
    [InlineData(300, 299)]
    [InlineData(10, 9)]
    [InlineData(5, 4.5)]
    [InlineData(int.MaxValue, 86_399)]
    public void Token_is_not_sent_in_its_last_second(int lifetime, double endsAt)
    {
        var instants = TokenLifetime.Create(TimeSpan.FromDays(3), TimeSpan.FromSeconds(lifetime), 0);

        Assert.Equal(TimeSpan.FromSeconds(endsAt), instants.EndsAt - TimeSpan.FromDays(3));
        Assert.True(instants.UnusableAt <= instants.EndsAt);
    }

    [Fact]
    public void Lifetime_longer_than_a_day_counts_as_one_day()
    {
        var instants = TokenLifetime.Create(TimeSpan.Zero, TimeSpan.FromSeconds(int.MaxValue), 0);

        Assert.Equal(TimeSpan.FromDays(1) - TimeSpan.FromSeconds(30), instants.UnusableAt);
    }

    [Fact]
    public void Renewal_comes_before_the_end_for_every_lifetime() =>
        Prop.ForAll(
            ArbMap.Default.ArbFor<PositiveInt>(),
            ArbMap.Default.ArbFor<ushort>(),
            (lifetime, random) =>
            {
                var instants = TokenLifetime.Create(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(lifetime.Get), random / (double)ushort.MaxValue);
                return TimeSpan.FromSeconds(5) < instants.RenewAt && instants.RenewAt < instants.UnusableAt;
            }).QuickCheckThrowOnFailure();
}
