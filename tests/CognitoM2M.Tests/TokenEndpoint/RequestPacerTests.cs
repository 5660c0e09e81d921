using CognitoM2M.Shared;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.TokenEndpoint;

namespace CognitoM2M.Tests.TokenEndpoint;

/// <summary>When token requests of one process to one host may be sent.</summary>
public sealed class RequestPacerTests
{
    private readonly ManualClock _clock = new();
    private readonly RequestPacer _pacer;
    private readonly List<(int Request, TimeSpan At)> _sent = [];

    public RequestPacerTests()
    {
        _pacer = RequestPacers.CreatePacer(new MonotonicClock(_clock));
        _pacer.AddLimit(120);
    }

    private TimeSpan Now => _clock.GetElapsedTime(0);

    [Fact]
    public void Throttling_of_a_provider_that_was_made_later_slows_the_requests_of_all()
    {
        var time = new ManualClock();
        var host = new Uri("https://later-provider.example.com/");
        var pacer = RequestPacers.GetOfProcess(MonotonicClock.Find(time)).Find(host);
        time.Advance(TimeSpan.FromHours(1));
        pacer.SlowDown(MonotonicClock.Find(time).Now, retryAfter: null);
        time.Advance(TimeSpan.FromHours(1));
        Assert.True(pacer.IsUnused);

        RequestPacers.GetOfProcess(MonotonicClock.Find(time)).Find(host).SlowDown(MonotonicClock.Find(time).Now, retryAfter: null);

        Assert.False(pacer.IsUnused);
    }

    [Fact]
    public async Task A_fifth_of_the_limit_is_sent_at_once_and_the_rest_in_order_at_the_limit()
    {
        await SendAsync(400);

        Assert.Equal(Enumerable.Range(0, 400), _sent.Select(request => request.Request));
        Assert.Equal(24, _sent.Count(request => request.At == TimeSpan.Zero));
        Assert.All(_sent, from => Assert.InRange(CountWithin(from.At, seconds: 1), 1, 144));
        // The last of 400 requests is the 376th after those that were sent at once.
        Assert.InRange(_sent[^1].At, TimeSpan.FromSeconds(376 / 120.0), TimeSpan.FromSeconds(376 / 120.0 + 0.01));
    }

    [Fact]
    public async Task Requests_below_the_limit_do_not_wait()
    {
        for (var request = 0; request < 1_000; request++)
        {
            Assert.True(_pacer.WaitForTurnAsync(CancellationToken.None).IsCompletedSuccessfully);
            _clock.Advance(TimeSpan.FromMilliseconds(9));
        }

        await SendAsync(1);
        Assert.Equal(Now, _sent[0].At);
    }

    [Theory]
    [InlineData(120, 10, 2)]
    [InlineData(10, 120, 2)]
    [InlineData(1, 120, 1)]
    [InlineData(4, 5, 1)]
    public async Task Smallest_limit_of_the_clients_counts(int one, int other, int atOnce)
    {
        _pacer.AddLimit(one);
        _pacer.AddLimit(other);

        await SendAsync(atOnce + 5);

        Assert.Equal(atOnce, _sent.Count(request => request.At == TimeSpan.Zero));
        Assert.InRange(_sent[^1].At, TimeSpan.FromSeconds(5.0 / Math.Min(one, other)), TimeSpan.FromSeconds(5.0 / Math.Min(one, other) + 0.01));
    }

    [Fact]
    public async Task Limit_of_a_client_that_is_gone_does_not_count()
    {
        _pacer.AddLimit(1);
        _pacer.AddLimit(1);
        _pacer.RemoveLimit(1);
        _pacer.RemoveLimit(1);

        await SendAsync(25);

        Assert.InRange(_sent[^1].At, TimeSpan.FromMilliseconds(8), TimeSpan.FromMilliseconds(10));
    }

    [Fact]
    public async Task Limit_that_is_removed_speeds_up_requests_that_wait_already()
    {
        _pacer.AddLimit(1);
        var turns = Ask(3);

        _pacer.RemoveLimit(1);
        await RunClockAsync(turns);

        Assert.InRange(_sent[^1].At, TimeSpan.FromSeconds(0.8), TimeSpan.FromSeconds(0.9));
    }

    [Fact]
    public async Task Last_limit_still_applies_after_all_clients_were_removed()
    {
        _pacer.AddLimit(1);
        _pacer.RemoveLimit(120);
        _pacer.RemoveLimit(1);

        await SendAsync(3);

        Assert.Equal(TimeSpan.FromSeconds(2), _sent[^1].At);
    }

    [Fact]
    public async Task Throttling_pauses_all_requests_and_then_halves_the_pace_until_ten_seconds_have_passed()
    {
        _pacer.SlowDown(sentAt: TimeSpan.Zero, retryAfter: null);

        await SendAsync(1_000);

        Assert.Equal(TimeSpan.FromSeconds(1), _sent[0].At);
        Assert.InRange(CountWithin(TimeSpan.FromSeconds(1), seconds: 5), 300, 302);
        Assert.InRange(CountWithin(TimeSpan.FromSeconds(11), seconds: 2), 240, 270);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(5, 5)]
    [InlineData(300, 10)]
    public async Task Pause_lasts_as_long_as_the_host_asked_for_within_bounds(int retryAfter, int pause)
    {
        _pacer.SlowDown(sentAt: TimeSpan.Zero, TimeSpan.FromSeconds(retryAfter));

        await SendAsync(1);

        Assert.Equal(TimeSpan.FromSeconds(pause), _sent[0].At);
    }

    [Fact]
    public async Task Requests_that_were_throttled_together_slow_the_others_once()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 0; i < 50; i++)
            _pacer.SlowDown(sentAt: TimeSpan.FromMilliseconds(i), retryAfter: null);

        await SendAsync(100);

        Assert.InRange(CountWithin(TimeSpan.FromSeconds(2), seconds: 1), 60, 62);
    }

    [Fact]
    public async Task Throttling_delays_requests_that_wait_already()
    {
        var turns = Ask(30);
        _pacer.SlowDown(sentAt: TimeSpan.Zero, retryAfter: null);

        await RunClockAsync(turns);

        Assert.Equal(24, _sent.Count(request => request.At == TimeSpan.Zero));
        Assert.All(_sent.Skip(24), request => Assert.True(request.At >= TimeSpan.FromSeconds(1)));
    }

    [Fact]
    public async Task Request_that_is_cancelled_while_it_waits_takes_no_turn()
    {
        _pacer.AddLimit(1);
        await SendAsync(1);
        using var disposed = new CancellationTokenSource();
        var cancelled = _pacer.WaitForTurnAsync(disposed.Token);
        var next = _pacer.WaitForTurnAsync(CancellationToken.None);

        await disposed.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        _clock.Advance(TimeSpan.FromSeconds(1));

        await next;
    }

    [Fact]
    public async Task Request_that_has_waited_a_minute_leaves_the_queue_without_a_turn()
    {
        _pacer.AddLimit(1);
        var turns = Ask(62);

        await RunClockAsync(turns[..61]);
        while (_pacer.Waiting > 0)
            await Task.Yield();

        Assert.Equal(TimeSpan.FromMinutes(1), Now);
        Assert.Equal((60, 61), (_sent[^1].Request, _sent.Count));
        Assert.True(await turns[60]);
        Assert.False(await turns[61]);
    }

    private int CountWithin(TimeSpan from, double seconds) => _sent.Count(request => from <= request.At && request.At < from + TimeSpan.FromSeconds(seconds));

    private async Task SendAsync(int requests) => await RunClockAsync(Ask(requests));

    private List<Task<bool>> Ask(int requests) => [.. Enumerable.Range(0, requests).Select(_ => _pacer.WaitForTurnAsync(CancellationToken.None))];

    private async Task RunClockAsync(List<Task<bool>> turns)
    {
        while (true)
        {
            // A turn ends its task on another thread. Time must not pass before.
            while (turns.Count(turn => turn.IsCompleted) < turns.Count - _pacer.Waiting)
                await Task.Yield();
            var known = _sent.Select(request => request.Request).ToHashSet();
            _sent.AddRange(turns.Index().Where(turn => turn.Item.IsCompleted && !known.Contains(turn.Index)).Select(turn => (turn.Index, Now)));
            if (_sent.Count == turns.Count)
                return;
            _clock.Advance(_clock.NextTimerIn);
        }
    }
}
