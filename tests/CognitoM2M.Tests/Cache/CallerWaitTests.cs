using CognitoM2M.Cache;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Cache;

/// <summary>How long one caller waits for a fetch whose request waits for its turn. The limit is eleven seconds; all instants are in seconds.</summary>
public sealed class CallerWaitTests
{
    private static readonly TimeSpan _limit = At(11);

    private readonly ManualClock _clock = new();
    private readonly MonotonicClock _monotonic;

    public CallerWaitTests() => _monotonic = new MonotonicClock(_clock);

    // Columns: when the request gets its turn, and when the wait is over.
    [Theory]
    [InlineData(0, 11)]
    [InlineData(30, 41)]
    [InlineData(60, 71)]
    [InlineData(500, 71)]
    public void Limit_does_not_count_the_first_minute_in_which_the_request_waits_for_its_turn(int turnAt, int overAt)
    {
        var fetch = CreateFetch();
        fetch.Order.StartTurnWait(At(0));
        var wait = CreateWait(fetch, _limit);
        if (turnAt < overAt)
            fetch.Order.EndTurnWait(At(turnAt));

        AssertOverAt(overAt, wait);
    }

    [Fact]
    public void Turn_wait_before_the_call_does_not_count()
    {
        var fetch = CreateFetch();
        fetch.Order.StartTurnWait(At(0));
        _clock.Advance(At(20));
        var wait = CreateWait(fetch, _limit);
        fetch.Order.EndTurnWait(At(30));

        AssertOverAt(20 + 10 + 11, wait);
    }

    [Fact]
    public void Turn_waits_of_both_fetches_count_for_a_caller_that_waits_for_two()
    {
        var first = CreateFetch();
        first.Order.StartTurnWait(At(0));
        var wait = CreateWait(first, _limit);
        _clock.Advance(At(5));
        first.Order.EndTurnWait(At(5));
        var second = CreateFetch();
        second.Order.AddTurnWait(At(100));
        second.Order.StartTurnWait(At(5));

        wait.ContinueWith(second);
        second.Order.EndTurnWait(At(12));

        Assert.Same(second, wait.Fetch);
        AssertOverAt(5 + 7 + 11, wait);
    }

    [Fact]
    public void Caller_waits_one_second_for_a_turn_while_cognito_is_known_to_be_down()
    {
        var fetch = CreateFetch();
        fetch.Order.StartTurnWait(At(0));

        AssertOverAt(1, CreateWait(fetch, EntryState.ShortWait));
    }

    private void AssertOverAt(int seconds, CallerWait wait)
    {
        _clock.Advance(At(seconds) - _clock.GetElapsedTime(0) - TimeSpan.FromTicks(1));
        Assert.False(wait.IsOver);
        _clock.Advance(TimeSpan.FromTicks(1));
        Assert.True(wait.IsOver);
    }

    private CallerWait CreateWait(FetchInFlight fetch, TimeSpan limit) =>
        new(fetch, limit, _monotonic, new Caller("orders", Blocks: false, Minimum: TimeSpan.Zero, CancellationToken.None));

    private FetchInFlight CreateFetch() => new(FetchReason.Cold, minimum: TimeSpan.Zero, notThis: null, EntryState.Empty, _monotonic.Read());

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);
}
