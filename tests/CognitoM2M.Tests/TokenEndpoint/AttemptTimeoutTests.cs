using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>An attempt ends at its time limit, whatever the handler makes of being cancelled.</summary>
public sealed class AttemptTimeoutTests : IDisposable
{
    private static readonly TimeSpan _limit = TimeSpan.FromSeconds(10);

    private readonly ManualClock _clock = new();
    private readonly ScriptedHandler _handler = new();
    private readonly CognitoM2MClient _client;

    public AttemptTimeoutTests() => _client = new CognitoM2MClient(
        new() { Domain = "auth.example.com", ClientId = "abc123", ClientSecret = World.Secret }, tokenEndpointHandler: _handler, timeProvider: _clock);

    [Fact]
    public async Task Handler_that_does_not_listen_to_cancellation_is_left_behind_a_second_later()
    {
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => never.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        Assert.False(call.IsCompleted);
        var failure = await _clock.RunAsync(call, skip: TimeSpan.FromSeconds(1));

        Assert.Equal(CognitoTokenErrors.Timeout, failure.Error);
        Assert.Equal(TimeSpan.FromSeconds(11), _clock.GetElapsedTime(0));
        await AssertNextRequestBringsTokenAsync();
    }

    [Fact]
    public async Task Handler_that_takes_a_moment_to_stop_is_waited_for_so_that_no_two_requests_are_open()
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
    public async Task Token_that_comes_while_the_request_is_being_cancelled_is_used()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _handler.OnRequest = _ => answer.Task;
        var call = _client.GetTokenAsync().AsTask();
        await LimitRunsAsync();

        _clock.Advance(_limit);
        await _handler.Cancelled;
        answer.SetResult(World.TokenAnswer("late"));

        Assert.Equal("late", (await call).Value);
    }

    [Fact]
    public async Task Time_out_is_not_repeated_for_an_error_that_comes_while_the_request_is_being_cancelled()
    {
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(_ => answer.Task);

        _clock.Advance(_limit);
        await _handler.Cancelled;
        answer.SetResult(World.Status(HttpStatusCode.ServiceUnavailable));

        Assert.Equal(CognitoTokenErrors.Timeout, (await call).Error);
        Assert.Equal(1, _handler.Requests);
    }

    [Fact]
    public async Task Handler_that_hangs_when_it_is_cancelled_holds_nobody_up()
    {
        using var hangs = new ManualResetEventSlim();
        var never = new TaskCompletionSource<HttpResponseMessage>();
        var call = await FailToGetTokenAsync(cancellationToken =>
        {
            cancellationToken.UnsafeRegister(_ => hangs.Wait(CancellationToken.None), null);
            return never.Task;
        });

        _clock.Advance(_limit);
        var failure = await _clock.RunAsync(call, skip: TimeSpan.FromSeconds(1));

        Assert.Equal(CognitoTokenErrors.Timeout, failure.Error);
        await AssertNextRequestBringsTokenAsync();
        hangs.Set();
    }

    [Fact]
    public async Task Disposing_the_client_ends_an_attempt_at_once_also_while_it_is_being_cancelled()
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
        await LimitRunsAsync();
        return call;
    }

    private async Task LimitRunsAsync()
    {
        while (_clock.NextTimerIn > _limit)
            await Task.Yield();
    }

    private async Task AssertNextRequestBringsTokenAsync()
    {
        _handler.OnRequest = _ => Task.FromResult(World.TokenAnswer("next"));
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
