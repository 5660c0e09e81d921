using CognitoM2M.Time;

namespace CognitoM2M.Tests.Time;

/// <summary>How long Cognito is not asked after failures.</summary>
public sealed class BackOffTests
{
    [Theory]
    [InlineData(1, 1, 1.5)]
    [InlineData(2, 2, 3)]
    [InlineData(5, 16, 24)]
    [InlineData(6, 32, 48)]
    [InlineData(7, 40, 60)]
    [InlineData(1_000_000, 40, 60)]
    public void Delay_doubles_from_one_to_forty_seconds_plus_up_to_a_half_at_random(int failures, double least, double most)
    {
        Assert.Equal(least, BackOff.After(failures, null, random: 0).TotalSeconds, precision: 6);
        Assert.Equal(most, BackOff.After(failures, null, random: 1).TotalSeconds, precision: 6);
    }

    [Fact]
    public void At_most_six_attempts_fall_into_the_first_minute()
    {
        var attempts = 0;
        for (var at = TimeSpan.Zero; at <= TimeSpan.FromMinutes(1); at += BackOff.After(attempts, null, random: 0))
            attempts++;

        Assert.Equal(6, attempts);
    }

    [Theory]
    [InlineData(20, 20)]
    [InlineData(300, 300)]
    [InlineData(86_400, 300)]
    public void Retry_after_is_respected_up_to_five_minutes(int asked, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), BackOff.After(1, TimeSpan.FromSeconds(asked), random: 0));

    [Fact]
    public void Retry_after_never_shortens_the_delay() =>
        Assert.Equal(TimeSpan.FromSeconds(16), BackOff.After(5, TimeSpan.FromSeconds(1), random: 0));
}
