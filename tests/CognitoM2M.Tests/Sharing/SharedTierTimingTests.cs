using CognitoM2M.Sharing;

namespace CognitoM2M.Tests.Sharing;

public sealed class SharedTierTimingTests
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    [Fact]
    public void Store_keeps_a_token_for_88_percent_of_its_lifetime()
    {
        Assert.Equal(Minutes(52.8), SharedTierTiming.GetTimeToLive(Minutes(10), _hour, Minutes(10)));
        Assert.Equal(Minutes(51.8), SharedTierTiming.GetTimeToLive(Minutes(10), _hour, Minutes(11)));
        Assert.Equal(TimeSpan.Zero, SharedTierTiming.GetTimeToLive(Minutes(10), _hour, Minutes(62.8)));
    }

    [Theory]
    [InlineData(0, 51)]
    [InlineData(0.5, 51.9)]
    [InlineData(1, 52.8)]
    public void Shared_token_is_renewed_after_85_to_88_percent_of_its_lifetime(double random, double minutes)
    {
        var lifetime = SharedTierTiming.CreateLifetime(Minutes(10), _hour, random);

        Assert.Equal(Minutes(10 + minutes), lifetime.RenewAt);
        Assert.Equal(Minutes(69.5), lifetime.UnusableAt);
    }

    [Theory]
    [InlineData(0, 1.8)]
    [InlineData(1, 2.7)]
    public void Confirmed_token_is_usable_for_6_percent_of_its_lifetime_and_looked_up_again_after_3_to_4_and_a_half_percent(double random, double minutes)
    {
        var byWallClock = SharedTierTiming.CreateLifetime(TimeSpan.Zero, _hour, 0);

        var confirmed = SharedTierTiming.LimitToConfirmation(byWallClock, _hour, Minutes(10), random);

        Assert.Equal(Minutes(10 + minutes), confirmed.RenewAt);
        Assert.Equal(Minutes(13.6), confirmed.UnusableAt);
    }

    [Fact]
    public void Confirmation_does_not_prolong_the_life_of_a_token()
    {
        var byWallClock = SharedTierTiming.CreateLifetime(TimeSpan.Zero, _hour, 0);

        Assert.Equal(byWallClock.RenewAt, SharedTierTiming.LimitToConfirmation(byWallClock, _hour, Minutes(50), 0).RenewAt);
        Assert.Equal(byWallClock.UnusableAt, SharedTierTiming.LimitToConfirmation(byWallClock, _hour, Minutes(58), 0).UnusableAt);
    }

    [Fact]
    public void No_token_lives_longer_than_a_day()
    {
        var week = TimeSpan.FromDays(7);
        var byWallClock = SharedTierTiming.CreateLifetime(TimeSpan.Zero, week, 0);

        Assert.Equal(TimeSpan.FromDays(0.88), SharedTierTiming.GetTimeToLive(TimeSpan.Zero, week, TimeSpan.Zero));
        Assert.Equal(TimeSpan.FromDays(0.06), SharedTierTiming.LimitToConfirmation(byWallClock, week, TimeSpan.Zero, 0).UnusableAt);
    }

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);
}
