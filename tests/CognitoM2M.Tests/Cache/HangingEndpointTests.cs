using System.Collections.Concurrent;
using System.Net;
using CognitoM2M.Testing;
using CognitoM2M.Tests.Support;

namespace CognitoM2M.Tests.Cache;

/// <summary>How long calls wait while the token endpoint accepts requests and never answers. An attempt takes ten seconds, and a token lives for a minute.</summary>
public sealed class HangingEndpointTests : IAsyncDisposable
{
    private static readonly TimeSpan _attemptAndOneSecond = TimeSpan.FromSeconds(11);
    private static readonly CognitoTokenRequest _forced = new() { ForceRefresh = true };

    // Only a test that fails waits this long.
    private static readonly TimeSpan _guard = TimeSpan.FromSeconds(30);

    private readonly StubbedService _service = new();
    private readonly ConcurrentQueue<TimeSpan> _requests = new();

    public HangingEndpointTests() => _service.OnTokenRequest = (n, _) =>
    {
        _requests.Enqueue(Now);
        return n == 1 ? Task.FromResult(StubbedResponse.CreateToken("token-1", expiresIn: 60)) : new TaskCompletionSource<HttpResponseMessage>().Task;
    };

    private TimeSpan Now => _service.Clock.GetElapsedTime(0);

    [Fact]
    public async Task Call_waits_for_one_attempt_and_one_second_when_the_endpoint_hangs_as_the_token_ends()
    {
        await _service.GetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(52));
        await _service.GetTokenAsync();
        await WaitForTimeLimitOfRequestAsync(2);

        // The token ends during its renewal, and the renewal takes 2.9 seconds more. Then the call gets an attempt of its own, which hangs too.
        _service.Clock.Advance(TimeSpan.FromSeconds(8));
        var call = Assert.ThrowsAsync<CognitoTokenException>(() => _service.GetTokenAsync());
        _service.Clock.Advance(TimeSpan.FromSeconds(2));
        // The cancelled request gets 0.9 seconds to end. If it ends at once, there is nothing to wait for.
        await SpinUntilAsync(() => _requests.Count >= 3 || _service.Clock.NextTimerIn < TimeSpan.FromSeconds(1));
        _service.Clock.Advance(TimeSpan.FromSeconds(0.9));
        await WaitForTimeLimitOfRequestAsync(3);
        _service.Clock.Advance(TimeSpan.FromSeconds(8));
        Assert.False(call.IsCompleted);
        _service.Clock.Advance(TimeSpan.FromSeconds(0.1));

        Assert.Equal(CognitoTokenErrors.Timeout, (await call.WaitAsync(_guard)).Error);
        Assert.Equal(TimeSpan.FromSeconds(71), Now);

        var next = Assert.ThrowsAsync<CognitoTokenException>(() => _service.GetTokenAsync());
        _service.Clock.Advance(TimeSpan.FromSeconds(1));
        await next.WaitAsync(_guard);
    }

    [Fact]
    public async Task Call_in_the_last_seconds_of_the_token_waits_one_second_for_a_new_one_and_then_uses_the_token()
    {
        await _service.GetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(55));

        var answer = await _service.Clock.RunAsync(MeasureAsync(_service.GetTokenAsync()), skip: TimeSpan.FromSeconds(1));

        Assert.True(answer.GotToken);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Waited);
    }

    [Theory]
    [InlineData(6.9, true)]
    [InlineData(7, false)]
    public async Task Token_is_used_until_one_second_before_its_end_when_the_endpoint_is_known_to_be_down(double secondsLater, bool isUsed)
    {
        await FailToRenewAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(secondsLater));

        var answer = await _service.Clock.RunAsync(MeasureAsync(_service.GetTokenAsync()), skip: TimeSpan.FromSeconds(1));

        Assert.Equal(isUsed, answer.GotToken);
    }

    [Theory]
    [InlineData(57.9, true)]
    [InlineData(58, false)]
    public async Task Call_that_waited_a_second_for_a_new_token_does_not_use_the_held_one_in_its_last_second(double second, bool isUsed)
    {
        await _service.GetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(second));

        var answer = await _service.Clock.RunAsync(MeasureAsync(_service.GetTokenAsync()), skip: TimeSpan.FromSeconds(10));

        Assert.Equal(isUsed, answer.GotToken);
    }

    public static TheoryData<string> KindsOfCalls => ["asynchronous", "synchronous", "forced"];

    [Theory]
    [MemberData(nameof(KindsOfCalls))]
    public async Task Call_waits_one_second_when_the_endpoint_is_known_to_be_down(string kind)
    {
        await FailToRenewAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(20));

        var answer = await _service.Clock.RunAsync(MeasureAsync(CallAsync(kind)), skip: TimeSpan.FromSeconds(1));

        Assert.False(answer.GotToken);
        Assert.Equal(TimeSpan.FromSeconds(1), answer.Waited);
        await WaitForRequestsAsync(3);
    }

    [Theory]
    [MemberData(nameof(KindsOfCalls))]
    public async Task Call_waits_for_one_attempt_and_one_second_when_nothing_is_known(string kind)
    {
        await _service.GetTokenAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(60));

        var answer = await _service.Clock.RunAsync(MeasureAsync(CallAsync(kind)), skip: TimeSpan.FromSeconds(10));

        Assert.False(answer.GotToken);
        Assert.InRange(answer.Waited, TimeSpan.FromSeconds(10), _attemptAndOneSecond);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Call_with_a_rejected_token_gets_the_answer_of_the_api_after_one_second_when_the_endpoint_is_known_to_be_down(bool callerBlocks)
    {
        await FailToRenewAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(1.5));
        var rejected = _service.Entry.State.Held!.Token;
        var startedAt = Now;

        var replacing = Task.Run(async () => await _service.Clients.GetClient("orders").ReplaceAsync(rejected, "api", null, callerBlocks, CancellationToken.None));

        Assert.Null(await _service.Clock.RunAsync(replacing, skip: TimeSpan.FromSeconds(1)));
        Assert.Equal(TimeSpan.FromSeconds(1), Now - startedAt);
        await WaitForRequestsAsync(3);
    }

    [Fact]
    public async Task Fetch_goes_on_when_its_callers_have_stopped_waiting()
    {
        await FailToRenewAsync();
        _service.Clock.Advance(TimeSpan.FromSeconds(20));
        var answer = new TaskCompletionSource<HttpResponseMessage>();
        _service.OnTokenRequest = (_, _) => answer.Task;
        var call = MeasureAsync(_service.GetTokenAsync());
        Assert.False((await _service.Clock.RunAsync(call, skip: TimeSpan.FromSeconds(1))).GotToken);

        answer.SetResult(StubbedResponse.CreateToken("late"));
        await _service.WaitForFetchAsync();

        Assert.Equal("late", await _service.GetTokenAsync());
    }

    public ValueTask DisposeAsync() => _service.DisposeAsync();

    /// <summary>Gets the token, and lets its renewal fail ten seconds before the token ends.</summary>
    private async Task FailToRenewAsync()
    {
        await _service.GetTokenAsync();
        _service.OnTokenRequest = (_, _) =>
        {
            _requests.Enqueue(Now);
            return Task.FromResult(StubbedResponse.CreateStatus(HttpStatusCode.BadGateway));
        };
        _service.Clock.Advance(TimeSpan.FromSeconds(52));
        await _service.GetTokenAsync();
        await _service.WaitForFetchAsync();
        _service.OnTokenRequest = (_, _) =>
        {
            _requests.Enqueue(Now);
            return new TaskCompletionSource<HttpResponseMessage>().Task;
        };
    }

    private async Task WaitForRequestsAsync(int expected)
    {
        await SpinUntilAsync(() => _requests.Count >= expected);
        Assert.Equal(expected, _requests.Count);
    }

    private async Task WaitForTimeLimitOfRequestAsync(int request)
    {
        await WaitForRequestsAsync(request);
        await SpinUntilAsync(() => _service.Clock.NextTimerIn <= TimeSpan.FromSeconds(10));
    }

    private static async Task SpinUntilAsync(Func<bool> condition)
    {
        while (!condition())
            await Task.Yield();
    }

    private Task<string> CallAsync(string kind) => kind switch
    {
        "synchronous" => Task.Run(async () => (await _service.Clients.GetClient("orders").GetAsync(null, callerBlocks: true, CancellationToken.None)).Token.Value),
        "forced" => _service.GetTokenAsync(_forced),
        _ => _service.GetTokenAsync(),
    };

    private async Task<Answer> MeasureAsync(Task<string> call)
    {
        var startedAt = Now;
        var ended = await Task.WhenAny(call);
        return new Answer(Now - startedAt, ended.IsCompletedSuccessfully);
    }

    private sealed record Answer(TimeSpan Waited, bool GotToken);
}
