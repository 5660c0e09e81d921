using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>An attempt ends at its time limit, even if the HTTP handler does not end when it is cancelled.</summary>
public sealed class AttemptTimeoutTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    private readonly ManualClock _clock = new();
    private readonly ScriptedHandler _handler = new();
    private readonly CognitoM2MClient _client;

    public AttemptTimeoutTests() => _client = new CognitoM2MClient(
        new() { Domain = "auth.example.com", ClientId = "abc123", ClientSecret = StubbedService.Secret }, tokenEndpointHandler: _handler, timeProvider: _clock);

    [Fact]
    public async Task Handler_that_ignores_cancellation_is_abandoned_after_one_more_second()
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => never.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        Assert.False(call.IsCompleted);
        await PassGracePeriodAsync();

        Assert.Equal(CognitoTokenErrors.Timeout, (await call).Error);
        await AssertNextRequestBringsTokenAsync();
    }

    [Fact]
    public async Task Attempt_fails_when_the_cancelled_handler_has_ended()
    {
        var stopped = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => stopped.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        _clock.Advance(TimeSpan.FromMilliseconds(300));
        Assert.False(call.IsCompleted);
        stopped.SetException(new HttpRequestException("The connection was closed."));

        Assert.Equal(CognitoTokenErrors.Timeout, (await call).Error);
        Assert.Equal(_limit + TimeSpan.FromMilliseconds(300), _clock.GetElapsedTime(0));
        await AssertNextRequestBringsTokenAsync();
    }

    [Fact]
    public async Task Token_that_arrives_during_the_cancellation_is_used()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _handler.OnRequest = _ => answer.Task;
        var call = _client.GetTokenAsync().AsTask();
        await WaitForTimeLimitAsync();

        _clock.Advance(_limit);
        await _handler.Cancelled;
        answer.SetResult(StubbedResponse.CreateToken("late"));

        Assert.Equal("late", (await call).Value);
    }

    [Fact]
    public async Task Error_that_arrives_during_the_cancellation_does_not_repeat_the_attempt()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => answer.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        answer.SetResult(StubbedResponse.CreateStatus(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(CognitoTokenErrors.Timeout, (await call).Error);
        Assert.Equal(1, _handler.Requests);
    }

    [Fact]
    public async Task Handler_that_blocks_in_its_cancellation_callback_is_abandoned_after_one_more_second()
    {
        using var hangs = new ManualResetEventSlim();
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(cancellationToken =>
        {
            cancellationToken.UnsafeRegister(_ => hangs.Wait(CancellationToken.None), null);
            return never.Task;
        });

        _clock.Advance(_limit);
        await PassGracePeriodAsync();

        Assert.Equal(CognitoTokenErrors.Timeout, (await call).Error);
        await AssertNextRequestBringsTokenAsync();
        hangs.Set();
    }

    [Fact]
    public async Task Disposing_the_client_ends_a_cancelled_attempt_at_once()
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => never.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        _client.Dispose();

        Assert.Contains("disposed", (await call).Message, StringComparison.Ordinal);
        Assert.Equal(_limit, _clock.GetElapsedTime(0));
    }

    public void Dispose()
    {
        _client.Dispose();
        _handler.Dispose();
    }

    private async Task<Task<CognitoTokenException>> FailToGetTokenAsync(Func<CancellationToken, Task<HttpResponseMessage>> answer)
    {
        _handler.OnRequest = answer;
        var call = Assert.ThrowsAsync<CognitoTokenException>(async () => await _client.GetTokenAsync());
        await WaitForTimeLimitAsync();
        return call;
    }

    private async Task WaitForTimeLimitAsync()
    {
        while (_clock.NextTimerIn > _limit)
            await Task.Yield();
    }

    // Shorter than the second that callers wait for the end of the attempt.
    private async Task PassGracePeriodAsync()
    {
        while (_clock.NextTimerIn >= TimeSpan.FromSeconds(1))
            await Task.Yield();
        _clock.Advance(TimeSpan.FromSeconds(0.9));
    }

    private async Task AssertNextRequestBringsTokenAsync()
    {
        _handler.OnRequest = _ => Task.FromResult(StubbedResponse.CreateToken("next"));
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("next", (await _client.GetTokenAsync()).Value);
        Assert.Equal(2, _handler.Requests);
    }

    private sealed class ScriptedHandler : HttpMessageHandler
    {
        private readonly TaskCompletionSource _cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Func<CancellationToken, Task<HttpResponseMessage>> OnRequest { get; set; } = _ => Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));

        public int Requests { get; private set; }

        /// <summary>Completes when the first request is cancelled.</summary>
        public Task Cancelled => _cancelled.Task;

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            cancellationToken.UnsafeRegister(_ => _cancelled.TrySetResult(), null);
            return OnRequest(cancellationToken);
        }
    }
}
