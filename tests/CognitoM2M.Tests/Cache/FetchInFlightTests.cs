using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Testing;
using CognitoM2M.Time;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Logging.Abstractions;

namespace CognitoM2M.Tests.Cache;

/// <summary>How callers wait for the fetch in flight, and what they get.</summary>
public sealed class FetchInFlightTests
{
    private static readonly TokenFailure _failure = new("http_error", "down", IsTransient: true);

    private readonly ManualClock _clock = new();

    [Theory]
    [InlineData(false, 0)]
    [InlineData(false, -1)]
    [InlineData(false, -5000)]
    [InlineData(true, 0)]
    [InlineData(true, -1)]
    [InlineData(true, -5000)]
    public async Task Caller_whose_limit_has_passed_does_not_wait(bool callerBlocks, int milliseconds)
    {
        var wait = CreateFetch().WaitAsync(TimeSpan.FromMilliseconds(milliseconds), _clock, callerBlocks, CancellationToken.None);

        Assert.True(wait.IsCompletedSuccessfully);
        Assert.Null(await wait);
    }

    [Fact]
    public async Task Blocking_caller_leaves_no_timer_behind_when_the_fetch_ends_first()
    {
        var fetch = CreateFetch();
        var fetching = fetch.RunAsync(new FailingFetcher(), CreateTelemetry(), outcome => FetchResult.Create(outcome, EntryState.Empty, Fail(EntryState.Empty, 0), Now(0)));

        var result = await fetch.WaitAsync(TimeSpan.FromSeconds(10), _clock, callerBlocks: true, CancellationToken.None);

        await fetching;
        Assert.Equal("http_error", result!.Failure!.Error);
        Assert.Equal(TimeSpan.MaxValue, _clock.NextTimerIn);
    }

    [Fact]
    public void Result_of_a_fetch_says_how_long_earlier_fetches_had_failed()
    {
        var down = Fail(Fail(EntryState.Empty, 100), 200);
        var issued = new IssuedToken(new CognitoAccessToken("token", DateTimeOffset.UnixEpoch + TimeSpan.FromSeconds(4100)), TimeSpan.FromSeconds(500), TimeSpan.FromHours(1));

        var afterOutage = FetchResult.Create(issued, down, down.OnFetchSucceeded(FetchReason.Cold, issued, Now(500), random: 0), Now(500));
        var withoutOutage = FetchResult.Create(issued, EntryState.Empty, EntryState.Empty.OnFetchSucceeded(FetchReason.Cold, issued, Now(500), random: 0), Now(500));

        Assert.Equal(TimeSpan.FromSeconds(400), afterOutage.FailedFor);
        Assert.Null(withoutOutage.FailedFor);
    }

    private static FetchInFlight CreateFetch() => new(FetchReason.Cold, minimum: TimeSpan.Zero, notThis: null, EntryState.Empty, Now(0));

    private static EntryState Fail(EntryState state, int seconds) =>
        state.OnFetchFailed(FetchReason.Cold, _failure, startedWithToken: false, Now(seconds), random: 0);

    private static ClockReading Now(int seconds) => new(TimeSpan.FromSeconds(seconds), WallClockLead: TimeSpan.Zero);

    private static TokenTelemetry CreateTelemetry() =>
        new(new Instruments(NullLogger.Instance, null), "orders", CognitoTokenRoute.OAuth2, "");

    private sealed class FailingFetcher : ITokenFetcher
    {
        public Task<FetchOutcome> FetchAsync(FetchOrder order) => Task.FromResult<FetchOutcome>(_failure);
    }
}
