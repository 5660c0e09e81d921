using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>What callers get while Cognito fails or does not respond, and how often Cognito is asked.</summary>
public sealed class OutageTests : IAsyncDisposable
{
    /// <summary>The longest pause between attempts while calls have no token.</summary>
    private static readonly TimeSpan _longestPause = TimeSpan.FromSeconds(10);

    private readonly StubbedService _service = new();

    [Fact]
    public async Task Calls_succeed_while_the_token_is_usable_and_renewal_attempts_back_off()
    {
        await _service.GetTokenAsync();
        var attempts = new List<TimeSpan>();
        _service.OnTokenRequest = (_, _) =>
        {
            attempts.Add(_service.Clock.GetElapsedTime(0));
            return Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        };

        _service.Clock.Advance(TimeSpan.FromSeconds(3060));
        for (var second = 0; second < 509; second++)
        {
            Assert.Equal(HttpStatusCode.OK, await _service.CallApiAsync());
            await _service.WaitForFetchAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(509, _service.ApiCalls.Count);
        Assert.InRange(attempts.Count(at => at < TimeSpan.FromSeconds(3120)), 5, 6);
        var pauses = attempts.Zip(attempts.Skip(1), (one, next) => (next - one).TotalSeconds).ToList();
        Assert.All(pauses.Index(), pause => Assert.InRange(pause.Item, Math.Min(Math.Pow(2, pause.Index), 40), 61));
    }

    [Fact]
    public async Task Two_hundred_calls_without_a_token_send_at_most_eight_requests_in_a_minute()
    {
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));
        var failures = new List<CognitoTokenException>();

        var end = _service.Clock.GetUtcNow() + TimeSpan.FromMinutes(1);
        for (var call = 0; call < 200; call++)
        {
            failures.Add(await _service.Clock.RunAsync(Assert.ThrowsAsync<CognitoTokenException>(() => _service.CallApiAsync()), skip: StubbedService.PauseBetweenAttempts));
            _service.Clock.Advance(TimeSpan.FromMilliseconds(295));
        }

        Assert.InRange(_service.Clock.GetUtcNow(), end - TimeSpan.FromSeconds(2), end + TimeSpan.FromSeconds(1));
        Assert.InRange(_service.TokenRequests, 5, 8);
        Assert.Empty(_service.ApiCalls);
        Assert.All(failures, failure =>
        {
            Assert.Equal(CognitoTokenErrors.HttpError, failure.Error);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, failure.TokenEndpointStatusCode);
            Assert.True(failure.IsTransient);
            Assert.InRange(failure.RetryAfter!.Value, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        });
        Assert.Equal(failures.Count, failures.Distinct().Count());
    }

    // How long the outage lasts, and how long the token is still valid when it begins; -1 for no token.
    [Theory]
    [InlineData(25, -1)]
    [InlineData(3, -1)]
    [InlineData(120, -1)]
    [InlineData(400, -1)]
    [InlineData(400, 100)]
    [InlineData(900, 700)]
    public async Task Calls_succeed_ten_seconds_after_the_end_of_an_outage_and_at_most_eight_requests_are_sent_in_a_minute(int outage, int tokenLeft)
    {
        if (tokenLeft >= 0)
        {
            await _service.GetTokenAsync();
            _service.Clock.Advance(TimeSpan.FromSeconds(3600 - tokenLeft));
        }

        var startedAt = _service.Clock.GetElapsedTime(0);
        TimeSpan Elapsed() => _service.Clock.GetElapsedTime(0) - startedAt;
        var requests = new List<TimeSpan>();
        _service.OnTokenRequest = (_, _) =>
        {
            requests.Add(Elapsed());
            return Task.FromResult(
                Elapsed() < TimeSpan.FromSeconds(outage) ? StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable) : StubbedResponse.CreateToken("recovered"));
        };

        while (Elapsed() < TimeSpan.FromSeconds(outage) + _longestPause)
        {
            var fails = await _service.Clock.RunAsync(Record.ExceptionAsync(() => _service.GetTokenAsync()), skip: StubbedService.PauseBetweenAttempts);
            await _service.WaitForFetchAsync();
            // A token is not sent in its last second.
            if (tokenLeft >= 0 && Elapsed() < TimeSpan.FromSeconds(tokenLeft - 1))
                Assert.Null(fails);
            _service.Clock.Advance(TimeSpan.FromMilliseconds(250));
        }

        Assert.Equal("recovered", await _service.GetTokenAsync());
        Assert.All(requests, from => Assert.InRange(requests.Count(at => from <= at && at < from + TimeSpan.FromMinutes(1)), 1, 8));
    }

    [Fact]
    public async Task First_fetch_repeats_attempts_that_failed_with_a_server_error()
    {
        _service.OnTokenRequest = (n, _) => Task.FromResult(n < 3 ? StubbedResponse.CreateStatus(HttpStatusCode.BadGateway) : StubbedResponse.CreateToken("good"));

        var token = await _service.Clock.RunAsync(_service.GetTokenAsync(), skip: TimeSpan.FromSeconds(2));

        Assert.Equal("good", token);
        Assert.Equal(3, _service.TokenRequests);
    }

    [Fact]
    public async Task First_fetch_repeats_an_attempt_that_lost_its_connection()
    {
        _service.OnTokenRequest = (n, _) => n == 1 ? throw new HttpRequestException("reset") : Task.FromResult(StubbedResponse.CreateToken("good"));

        Assert.Equal("good", await _service.Clock.RunAsync(_service.GetTokenAsync(), skip: TimeSpan.FromSeconds(2)));
    }

    [Theory]
    [InlineData("invalid_client")]
    [InlineData("unauthorized_client")]
    [InlineData("invalid_scope")]
    [InlineData("invalid_grant")]
    public async Task First_fetch_does_not_repeat_a_refused_attempt(string error)
    {
        _service.OnTokenRequest = (_, _) => Task.FromResult(StubbedResponse.CreateJson($$"""{"error":"{{error}}"}""", HttpStatusCode.BadRequest));

        var failure = await _service.FailToGetTokenAsync();

        Assert.Equal(error, failure.Error);
        Assert.False(failure.IsTransient);
        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Attempt_ends_after_the_attempt_time_out()
    {
        var asked = new TaskCompletionSource();
        _service.OnTokenRequest = (_, _) =>
        {
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };

        var call = Assert.ThrowsAsync<CognitoTokenException>(() => _service.GetTokenAsync());
        await asked.Task;
        var failure = await _service.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(10));

        Assert.Equal(CognitoTokenErrors.Timeout, failure.Error);
        Assert.True(failure.IsTransient);
        Assert.Contains("10 s", failure.Hint, StringComparison.Ordinal);
        Assert.Equal(1, _service.TokenRequests);
    }

    [Fact]
    public async Task Callers_get_another_attempt_if_the_token_ended_while_its_renewal_failed()
    {
        await _service.GetTokenAsync();
        var renewal = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (n, _) => n == 2 ? renewal.Task : Task.FromResult(StubbedResponse.CreateToken("good"));
        _service.Clock.Advance(TimeSpan.FromSeconds(3100));
        await _service.GetTokenAsync();

        // A serverless function was frozen between two invocations. When it continues, the token has ended and the renewal fails.
        _service.Clock.Advance(TimeSpan.FromSeconds(500));
        var caller = _service.GetTokenAsync();
        renewal.SetResult(StubbedResponse.CreateStatus(HttpStatusCode.BadGateway));

        Assert.Equal("good", await caller);
        Assert.Equal(3, _service.TokenRequests);
    }

    [Fact]
    public async Task Caller_waits_one_second_at_most_after_an_earlier_failure()
    {
        var asked = new TaskCompletionSource();
        _service.OnTokenRequest = (n, _) =>
        {
            if (n <= 3)
                return Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.BadGateway));
            asked.SetResult();
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
        await _service.FailToGetTokenAsync();
        _service.Clock.Advance(_longestPause);

        var start = _service.Clock.GetTimestamp();
        var call = Assert.ThrowsAsync<CognitoTokenException>(() => _service.GetTokenAsync());
        await asked.Task;
        var failure = await _service.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(1));

        Assert.Equal(HttpStatusCode.BadGateway, failure.TokenEndpointStatusCode);
        Assert.Equal(TimeSpan.FromSeconds(1), _service.Clock.GetElapsedTime(start));
        Assert.Equal(4, _service.TokenRequests);
    }

    [Fact]
    public async Task Caller_gets_a_token_that_arrives_within_one_second_after_an_earlier_failure()
    {
        var asked = new TaskCompletionSource();
        var answer = new TaskCompletionSource<HttpResponseMessage>(TaskCreationOptions.RunContinuationsAsynchronously);
        _service.OnTokenRequest = (n, _) =>
        {
            if (n <= 3)
                return Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.BadGateway));
            asked.SetResult();
            return answer.Task;
        };
        await _service.FailToGetTokenAsync();
        _service.Clock.Advance(_longestPause);

        var call = _service.GetTokenAsync();
        await asked.Task;
        _service.Clock.Advance(TimeSpan.FromMilliseconds(999));
        Assert.False(call.IsCompleted);
        answer.SetResult(StubbedResponse.CreateToken("good"));

        Assert.Equal("good", await call);
    }

    [Fact]
    public async Task First_call_after_the_back_off_gets_a_token_if_cognito_answers_again()
    {
        var down = true;
        _service.OnTokenRequest = (_, _) => Task.FromResult(down ? StubbedResponse.CreateStatus(HttpStatusCode.InternalServerError) : StubbedResponse.CreateToken("good"));
        await _service.FailToGetTokenAsync();
        down = false;

        _service.Clock.Advance(_longestPause);

        Assert.Equal("good", await _service.GetTokenAsync());
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();
}
