using CognitoM2M.Time;

namespace CognitoM2M.Tests.Time;

/// <summary>How long Cognito is not asked after failures.</summary>
public sealed class BackOffTests
{
    private static readonly TimeSpan _minute = TimeSpan.FromMinutes(1);

    [Theory]
    [InlineData(1, 1, 1.5)]
    [InlineData(2, 2, 3)]
    [InlineData(5, 16, 24)]
    [InlineData(6, 32, 48)]
    [InlineData(7, 40, 60)]
    [InlineData(1_000_000, 40, 60)]
    public void Delay_doubles_from_one_to_forty_seconds_plus_up_to_a_half_at_random(int failures, double least, double most)
    {
        Assert.Equal(least, BackOff.After(failures, random: 0).TotalSeconds, precision: 6);
        Assert.Equal(most, BackOff.After(failures, random: 1).TotalSeconds, precision: 6);
    }

    [Theory]
    [InlineData(1, 1, 1.5)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 10, 10)]
    [InlineData(8, 10, 10)]
    [InlineData(9, 8, 10)]
    [InlineData(1_000_000, 8, 10)]
    public void Delay_without_a_token_is_ten_seconds_at_most(int requests, double least, double most)
    {
        Assert.Equal(least, BackOff.WithoutToken(requests, random: 0).TotalSeconds, precision: 6);
        Assert.Equal(most, BackOff.WithoutToken(requests, random: 1).TotalSeconds, precision: 6);
    }

    [Theory]
    [InlineData(1, 1, 1.5)]
    [InlineData(2, 2, 3)]
    [InlineData(3, 10, 10)]
    [InlineData(4, 10, 12)]
    [InlineData(5, 16, 24)]
    [InlineData(7, 40, 60)]
    public void Delay_with_a_token_grows_to_a_minute_and_is_never_shorter_than_the_delay_without_a_token(int requests, double least, double most)
    {
        Assert.Equal(least, BackOff.WithToken(requests, TimeSpan.FromHours(1), random: 0).TotalSeconds, precision: 6);
        Assert.Equal(most, BackOff.WithToken(requests, TimeSpan.FromHours(1), random: 1).TotalSeconds, precision: 6);
    }

    [Theory]
    [InlineData(7, 25, 25)]
    [InlineData(7, 4, 10)]
    [InlineData(1, 0.1, 1)]
    public void Delay_ends_when_the_token_ends(int requests, double tokenEndsIn, double expected) =>
        Assert.Equal(expected, BackOff.WithToken(requests, TimeSpan.FromSeconds(tokenEndsIn), random: 0).TotalSeconds, precision: 6);

    // A first fetch of one and of three attempts.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void At_most_eight_requests_fall_into_any_minute(int attemptsOfFirstFetch)
    {
        var requests = Enumerable.Repeat(TimeSpan.Zero, attemptsOfFirstFetch).ToList();
        while (requests.Count < 40)
            requests.Add(requests[^1] + BackOff.WithoutToken(requests.Count, random: 0));

        Assert.All(requests, from => Assert.InRange(requests.Count(at => from <= at && at < from + _minute), 0, 8));
        Assert.All(requests.Zip(requests.Skip(1)), pair => Assert.InRange(pair.Second - pair.First, TimeSpan.Zero, TimeSpan.FromSeconds(10)));
    }

    [Theory]
    [InlineData(1, 20, 20)]
    [InlineData(1, 300, 300)]
    [InlineData(1, 86_400, 300)]
    [InlineData(16, 1, 16)]
    public void Retry_after_extends_the_delay_up_to_five_minutes_and_never_shortens_it(int delay, int asked, int expected) =>
        Assert.Equal(TimeSpan.FromSeconds(expected), BackOff.Extend(TimeSpan.FromSeconds(delay), TimeSpan.FromSeconds(asked)));

    [Fact]
    public void Delay_stays_as_it_is_without_retry_after() => Assert.Equal(TimeSpan.FromSeconds(2), BackOff.Extend(TimeSpan.FromSeconds(2), null));
}
