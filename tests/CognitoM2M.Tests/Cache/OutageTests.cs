using System.Net;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>What callers see while Cognito does not answer, and how often it is asked.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    private readonly World _world = new();

    [Fact]
    public async Task No_call_fails_while_the_token_lives_and_renewal_attempts_back_off()
    {
        await _world.GetTokenAsync();
        var attempts = new List<TimeSpan>();
        _world.OnTokenRequest = (_, _) =>
        {
            attempts.Add(_world.Clock.GetElapsedTime(0));
            return Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));
        };

        _world.Clock.Advance(TimeSpan.FromSeconds(3060));
        for (var second = 0; second < 509; second++)
        {
            Assert.Equal(HttpStatusCode.OK, await _world.CallAsync());
            await _world.SettleAsync();
            _world.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(509, _world.ApiCalls.Count);
        Assert.InRange(attempts.Count(at => at < TimeSpan.FromSeconds(3120)), 5, 6);
        var pauses = attempts.Zip(attempts.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.All(pauses.Index(), pause => Assert.InRange(pause.Item, Math.Min(Math.Pow(2, pause.Index), 40), 61));
    }

    [Fact]
    public async Task Without_a_token_two_hundred_calls_in_a_minute_cost_at_most_eight_requests_and_fail_alike()
    {
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.ServiceUnavailable));
        var failures = new List<CognitoTokenException>();

        var end = _world.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        for (var call = 0; call < 200; call++)
        {
            failures.Add(await _world.Clock.RunAsync(Assert.ThrowsAsync<CognitoTokenException>(() => _world.CallAsync()), skip: World.PauseBetweenAttempts));
            _world.Clock.Advance(TimeSpan.FromMilliseconds(295));
        }

        Assert.InRange(_world.Clock.GetUtcNow(), end - TimeSpan.FromSeconds(2), end + TimeSpan.FromSeconds(1));
        Assert.InRange(_world.TokenRequests, 5, 8);
        Assert.Empty(_world.ApiCalls);
        Assert.All(failures, failure =>
        {
            Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.TokenEndpointStatusCode);
            Assert.True(failure.IsTransient);
            Assert.InRange(failure.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        });
        Assert.Equal(failures.Count, failures.Distinct().Count());
    }

    [Fact]
    public async Task First_fetch_gets_over_a_short_disturbance_by_itself()
    {
        _world.OnTokenRequest = (n, _) => Task.FromResult(n < 3 ? World.Status(HttpStatusCode.BadGateway) : World.TokenAnswer("good"));

        var token = await _world.Clock.RunAsync(_world.GetTokenAsync(), skip: TimeSpan.FromSeconds(2));

        Assert.Equal("good", token);
        Assert.Equal(3, _world.TokenRequests);
    }

    [Fact]
    public async Task Lost_connection_is_tried_again_within_the_first_fetch()
    {
        _world.OnTokenRequest = (n, _) => n == 1 ? throw new HttpRequestException("reset") : Task.FromResult(World.TokenAnswer("good"));

        Assert.Equal("good", await _world.Clock.RunAsync(_world.GetTokenAsync(), skip: TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData("invalid_client")]
    [InlineData("unauthorized_client")]
    [InlineData("invalid_scope")]
    [InlineData("invalid_grant")]
    public async Task Refusal_is_not_tried_again_within_a_fetch(string error)
    {
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Json($$"""{"error":"{{error}}"}""", HttpStatusCode.BadRequest));

        var failure = await _world.FailAsync();

        Assert.Equal(error, failure.Error);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, _world.TokenRequests);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(0)]
    [InlineData(1)]
    public async Task Retry_after_given_as_a_date_counts_by_the_clock_of_the_server(int days)
    {
        var servers = _world.Clock.GetUtcNow() + TimeSpan.FromDays(days);
        _world.OnTokenRequest = (_, _) =>
        {
            var response = World.Status(HttpStatusCode.TooManyRequests);
            response.Headers.Date = servers;
            response.Headers.RetryAfter = new(servers + TimeSpan.FromSeconds(30));
            return Task.FromResult(response);
        };

        Assert.Equal(TimeSpan.FromSeconds(30), (await _world.FailAsync()).RetryAfter);
    }

    [Fact]
    public async Task Retry_after_holds_the_next_attempt_back()
    {
        _world.OnTokenRequest = (n, _) => Task.FromResult(
            n == 1 ? World.Status(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(30)) : World.TokenAnswer("good"));

        var first = await _world.FailAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(29));
        var second = await _world.FailAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(TimeSpan.FromSeconds(30), first.RetryAfter);
        Assert.InRange(second.RetryAfter!.Value, TimeSpan.FromMilliseconds(1), TimeSpan.FromSeconds(1));
        Assert.Equal("good", await _world.GetTokenAsync());
        Assert.Equal(2, _world.TokenRequests);
    }

    [Fact]
    public async Task Endpoint_that_hangs_is_given_up_after_the_attempt_time_out()
    {
        var asked = new TaskCompletionSource();
        _world.OnTokenRequest = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };

        var call = Assert.ThrowsAsync<CognitoTokenException>(() => _world.GetTokenAsync());
        await asked.Task;
        var failure = await _world.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(10));

        Assert.Equal(CognitoTokenErrors.Timeout, failure.Error);
        Assert.True(failure.IsTransient);
        Assert.Contains("10 s", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(1, _world.TokenRequests);
    }

    [Fact]
    public async Task Callers_left_without_a_token_by_a_failed_renewal_get_one_attempt_of_their_own()
    {
        await _world.GetTokenAsync();
        var renewal = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _world.OnTokenRequest = (n, _) => n == 2 ? renewal.Task : Task.FromResult(World.TokenAnswer("good"));
        _world.Clock.Advance(TimeSpan.FromSeconds(3100));
        await _world.GetTokenAsync();

        // A function frozen between two invocations: thawed, the renewal is dead and so is the token.
        _world.Clock.Advance(TimeSpan.FromSeconds(480));
        var caller = _world.GetTokenAsync();
        renewal.SetResult(World.Status(HttpStatusCode.BadGateway));

        Assert.Equal("good", await caller);
        Assert.Equal(3, _world.TokenRequests);
    }

    [Fact]
    public async Task While_cognito_is_down_nobody_waits_out_its_time_out_again()
    {
        var asked = new TaskCompletionSource();
        _world.OnTokenRequest = (n, _) =>
        {
            if (n <= 3)
                return Task.FromResult(World.Status(HttpStatusCode.BadGateway));
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
        await _world.FailAsync();
        _world.Clock.Advance(TimeSpan.FromSeconds(1.5));

        var start = _world.Clock.GetTimestamp();
        var call = Assert.ThrowsAsync<CognitoTokenException>(() => _world.GetTokenAsync());
        await asked.Task;
        var failure = await _world.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.BadGateway, failure.TokenEndpointStatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), _world.Clock.GetElapsedTime(start));
        Assert.Equal(4, _world.TokenRequests);
    }

    [Fact]
    public async Task Retry_after_of_a_failed_renewal_holds_when_the_token_is_gone()
    {
        await _world.GetTokenAsync();
        _world.OnTokenRequest = (_, _) => Task.FromResult(World.Status(HttpStatusCode.TooManyRequests, TimeSpan.FromSeconds(300)));
        _world.Clock.Advance(TimeSpan.FromSeconds(3500));
        await _world.GetTokenAsync();
        await _world.SettleAsync();

        _world.Clock.Advance(TimeSpan.FromSeconds(100));
        var failure = await _world.FailAsync();

        Assert.Equal(2, _world.TokenRequests);
        Assert.Equal(TimeSpan.FromSeconds(200), failure.RetryAfter);
    }

    [Fact]
    public async Task Service_recovers_as_soon_as_cognito_does()
    {
        var down = true;
        _world.OnTokenRequest = (_, _) => Task.FromResult(down ? World.Status(HttpStatusCode.InternalServerError) : World.TokenAnswer("good"));
        await _world.FailAsync();
        down = false;

        _world.Clock.Advance(TimeSpan.FromSeconds(1.5));

        Assert.Equal("good", await _world.GetTokenAsync());
    }

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
