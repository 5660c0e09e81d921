using System.Net;
using CognitoM2M.Tests.Support;
using CognitoM2M.Time;

namespace CognitoM2M.Tests.Cache;

/// <summary>
/// The wall clock and the monotonic clock move apart: a clock is set, a computer is suspended, or a virtual machine continues from a snapshot.
/// Tokens live for an hour.
/// </summary>
public sealed class WallClockTests : IAsyncDisposable
{
    private readonly StubbedService _service = new();

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(24 * 365)]
    public async Task Token_that_expired_while_the_monotonic_clock_was_stopped_is_not_used(int hours)
    {
        await _service.GetTokenAsync();

        _service.Clock.JumpWallClock(TimeSpan.FromHours(hours));
        var token = await _service.Provider.GetTokenAsync("orders");

        Assert.Equal("token-2", token.Value);
        Assert.Equal(_service.Clock.GetUtcNow() + TimeSpan.FromHours(1), token.ExpiresAt);
        Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
        Assert.Equal(["Bearer token-2"], _service.ApiCalls);
    }

    [Fact]
    public async Task Handler_does_not_send_a_token_that_expired_while_the_monotonic_clock_was_stopped()
    {
        await _service.CallApiAsync();

        _service.Clock.JumpWallClock(TimeSpan.FromHours(10));
        await _service.CallApiAsync();

        Assert.Equal(["Bearer token-1", "Bearer token-2"], _service.ApiCalls);
    }

    // A jump ahead that is shorter than the token's lifetime can cause an early renewal in the background.
    [Theory]
    [InlineData(10, 2)]
    [InlineData(1, 2)]
    [InlineData(0.9, 2)]
    [InlineData(0.2, 1)]
    [InlineData(-0.2, 1)]
    [InlineData(-1, 1)]
    [InlineData(-24, 1)]
    public async Task Jump_of_the_wall_clock_ahead_costs_at_most_one_request_and_a_jump_back_costs_none(double hours, int requests)
    {
        await _service.GetTokenAsync();

        _service.Clock.JumpWallClock(TimeSpan.FromHours(hours));
        await CallForMinutesAsync(30);

        Assert.Equal(requests, _service.TokenRequests);
    }

    [Fact]
    public async Task Wall_clock_that_jumps_ahead_and_back_all_the_time_costs_one_request()
    {
        await _service.GetTokenAsync();

        for (var i = 0; i < 40; i++)
        {
            _service.Clock.JumpWallClock(TimeSpan.FromHours(i % 2 == 0 ? 10 : -10));
            await CallForMinutesAsync(1);
        }

        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public async Task Token_that_was_requested_while_the_wall_clock_was_wrong_ends_by_the_monotonic_clock()
    {
        _service.Clock.JumpWallClock(TimeSpan.FromHours(10));
        await _service.GetTokenAsync();
        _service.Clock.JumpWallClock(TimeSpan.FromHours(-10));

        _service.Clock.Advance(TimeSpan.FromHours(1));

        Assert.Equal("token-2", await _service.GetTokenAsync());
    }

    [Fact]
    public async Task Small_drift_of_the_clocks_costs_nothing()
    {
        await _service.GetTokenAsync();

        for (var i = 0; i < 400; i++)
        {
            _service.Clock.JumpWallClock(TimeSpan.FromMilliseconds(i % 3 == 0 ? 500 : -250));
            await _service.GetTokenAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(6));
        }

        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Failed_renewal_backs_off_also_after_a_jump_of_the_wall_clock()
    {
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) => Task.FromResult(new HttpResponseMessage(HttpStatusCode.ServiceUnavailable));
        _service.Clock.JumpWallClock(TimeSpan.FromMinutes(55));

        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("token-1", await _service.GetTokenAsync());
            await _service.WaitForFetchAsync();
        }

        Assert.Equal(2, _service.TokenRequests);
    }

    [Fact]
    public void System_clock_reads_the_wall_clock_beside_the_monotonic_clock()
    {
        var clock = new MonotonicClock(TimeProvider.System);

        var reading = clock.Read();

        var wallClock = DateTimeOffset.UnixEpoch + reading.Elapsed + reading.WallClockLead;
        Assert.InRange(wallClock, TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1), TimeProvider.System.GetUtcNow() + TimeSpan.FromMinutes(1));
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(5, 15)]
    [InlineData(-5, 10)]
    public void Time_since_an_earlier_reading_follows_the_clock_that_moved_further(int leadGrewBy, int expected) =>
        Assert.Equal(
            TimeSpan.FromSeconds(expected),
            new ClockReading(TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(100 + leadGrewBy)).GetTimeSince(TimeSpan.FromSeconds(100)));

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    private async Task CallForMinutesAsync(int minutes)
    {
        for (var call = 0; call < minutes * 4; call++)
        {
            Assert.True((await _service.Provider.GetTokenAsync("orders")).ExpiresAt > _service.Clock.GetUtcNow());
            await _service.WaitForFetchAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(15));
        }
    }
}
