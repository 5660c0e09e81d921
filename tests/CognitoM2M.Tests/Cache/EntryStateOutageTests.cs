using System.Net;
using CognitoM2M.Cache;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Cache;

/// <summary>The states of a cache entry while Cognito fails, as tables: a state, an instant in seconds, and the answers. The token lives for 1000 s.</summary>
public sealed class EntryStateOutageTests
{
    private static readonly TokenFailure _transient = new("http_error", "down", IsTransient: true);
    private static readonly TokenFailure _permanent = new("invalid_client", "wrong secret", IsTransient: false);
    private static readonly TokenFailure _throttled = _transient with { RetryAfter = TimeSpan.FromSeconds(30), StatusCode = HttpStatusCode.TooManyRequests };

    /// <summary>Renewal due at 800 s (random 0.5), unusable at 970 s.</summary>
    private static EntryState Fetched => EntryState.Empty.OnFetchSucceeded(FetchReason.Cold, CreateToken("first"), Now(0), random: 0.5);

    // The back-off after one failure is 1 s to 1.5 s; with random 0 it is 1 s.
    [Theory]
    [InlineData(800, true, false, false)]
    [InlineData(801, true, true, true)]
    public void Failed_renewal_keeps_the_token_and_is_due_again_after_the_back_off(int seconds, bool isUsable, bool isDue, bool mayReplace)
    {
        var state = Fetched.OnFetchStarted(Now(800)).OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(800), random: 0);

        Assert.Equal(isUsable, state.FindUsable(Now(seconds)) is not null);
        Assert.Equal(isDue, state.IsRenewalDue(Now(seconds)));
        Assert.Equal(mayReplace, state.MayReplace(Now(seconds)));
        Assert.False(state.MayRepeatAttempts(Now(seconds)));
    }

    // Without a token the back-off is 1 s, 2 s, and then 10 s, with random 0. The first fetch may have sent three requests.
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(1, 3, 10)]
    [InlineData(1, 8, 10)]
    [InlineData(1, 9, 8)]
    [InlineData(3, 1, 10)]
    public void Back_off_without_a_token_depends_on_the_requests_that_failed_in_a_row(int requestsOfFirst, int failures, int expectedSeconds)
    {
        var state = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _transient with { Requests = requestsOfFirst }, startedWithToken: false, Now(0), random: 0);
        for (var i = 1; i < failures; i++)
            state = state.OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, Now(0), random: 0);

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), state.RemainingBackOff(Now(0)));
        Assert.Equal(requestsOfFirst + failures - 1, state.Outage!.Requests);
        Assert.False(state.MayFetch(Now(expectedSeconds - 1)));
        Assert.True(state.MayFetch(Now(expectedSeconds)));
        Assert.Equal(TimeSpan.Zero, state.RemainingBackOff(Now(expectedSeconds)));
    }

    // The renewals fail from 800 s on, one after the other; the token is valid until 1000 s.
    [Theory]
    [InlineData(6, 832)]
    [InlineData(7, 840)]
    public void Back_off_with_a_token_grows_to_forty_seconds(int failures, int retryAt)
    {
        var state = Fetched;
        for (var i = 0; i < failures; i++)
            state = state.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(800), random: 0);

        Assert.Equal(At(retryAt), state.Outage!.RetryAt);
    }

    // Columns: when the seventh renewal fails, and until when Cognito is not asked. A pause that Cognito asked for goes on after the token has ended.
    [Theory]
    [InlineData(nameof(_transient), 980, 999)]
    [InlineData(nameof(_transient), 995, 1005)]
    [InlineData(nameof(_permanent), 980, 999)]
    [InlineData(nameof(_throttled), 980, 1010)]
    public void Back_off_ends_when_the_token_ends(string failure, int failedAt, int retryAt)
    {
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, Find(failure) with { Requests = 7 }, startedWithToken: true, Now(failedAt), random: 0);

        Assert.Equal(At(retryAt), state.Outage!.RetryAt);
        Assert.Equal(failedAt, state.FindUsable(Now(failedAt)) is null ? 0 : failedAt);
    }

    // The margin at the end of a token is for the choice between two tokens. While Cognito fails there is one token only.
    [Theory]
    [InlineData(970, true)]
    [InlineData(998, true)]
    [InlineData(999, false)]
    public void Token_is_usable_until_one_second_before_its_end_while_cognito_fails(int seconds, bool isUsable)
    {
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(965), random: 0).OnFetchStarted(Now(966));

        Assert.Equal(isUsable, state.FindUsable(Now(seconds)) is not null);
        Assert.Equal(isUsable, state.Held!.RenewAt > At(seconds));
    }

    [Fact]
    public void Token_in_its_last_seconds_serves_callers_that_got_no_better_one()
    {
        Assert.Null(Fetched.FindUsable(Now(970)));
        Assert.NotNull(Fetched.FindValid(Now(998)));
        Assert.Null(Fetched.FindValid(Now(999)));
        Assert.Null(EntryState.Empty.FindValid(Now(0)));
    }

    public static TheoryData<string, bool, bool, bool> FailuresAfterTheEndOfTheToken => new()
    {
        // The token ended during its renewal, which made one attempt only: the callers get another at once.
        { nameof(_transient), true, false, true },
        // The callers had an attempt of their own.
        { nameof(_transient), false, false, false },
        // Cognito was known to be down already.
        { nameof(_transient), true, true, false },
        // Cognito asked for a pause.
        { nameof(_throttled), true, false, false },
        // Nothing changes by asking again.
        { nameof(_permanent), true, false, false },
    };

    [Theory]
    [MemberData(nameof(FailuresAfterTheEndOfTheToken))]
    public void Callers_get_another_attempt_at_once_if_the_token_ended_during_its_first_failing_renewal(
        string failure, bool startedWithToken, bool failedBefore, bool mayFetch)
    {
        var state = failedBefore ? Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(990), random: 0) : Fetched;

        state = state.OnFetchFailed(FetchReason.Renewal, Find(failure), startedWithToken, Now(1001), random: 0);

        Assert.Equal(mayFetch, state.MayFetch(Now(1001)));
        Assert.False(state.MayRepeatAttempts(Now(1001)));
    }

    // An attempt takes ten seconds at most.
    [Fact]
    public void Wait_of_a_call_is_limited()
    {
        Assert.Equal(At(11), EntryState.Empty.GetWaitLimit(attemptTimeout: At(10)));
        Assert.Equal(At(11), Fetched.GetWaitLimit(attemptTimeout: At(10)));
        Assert.Equal(At(1), Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(900), random: 0).GetWaitLimit(At(10)));
    }

    // The back-off of the third request is 10 s. A secret that is cheap to ask for may be looked at each second.
    [Theory]
    [InlineData(false, 0, false)]
    [InlineData(false, 9, false)]
    [InlineData(false, 10, true)]
    [InlineData(true, 0, false)]
    [InlineData(true, 1, true)]
    public void Secret_is_looked_at_during_the_back_off(bool waitsForSecret, int seconds, bool mayFetch)
    {
        var state = EntryState.Empty.OnFetchFailed(
            FetchReason.Cold, _permanent with { Requests = 3, WaitsForSecret = waitsForSecret }, startedWithToken: false, Now(0), random: 0);

        Assert.Equal(mayFetch, state.MayFetch(Now(seconds)));
        Assert.Equal(seconds < 10, state.IsBackingOff(Now(seconds)));
    }

    [Fact]
    public void Back_off_goes_on_after_a_look_at_an_unchanged_secret()
    {
        var failed = Fetched.OnFetchFailed(
            FetchReason.Renewal, _permanent with { Requests = 3, WaitsForSecret = true }, startedWithToken: true, Now(900), random: 0);

        var state = failed.OnFetchStarted(Now(901)).OnSecretUnchanged(Now(901));

        Assert.Equal(failed.Outage!.RetryAt, state.Outage!.RetryAt);
        Assert.Equal(At(902), state.Held!.RenewAt);
        Assert.Equal(At(902), state.Outage.LookAt);
        Assert.False(state.IsRenewalDue(Now(901)));
        Assert.True(state.IsRenewalDue(Now(902)));
        Assert.NotNull(state.FindUsable(Now(998)));
    }

    // The back-off of the third request is 10 s.
    [Theory]
    [InlineData(false, 910)]
    [InlineData(true, 901)]
    public void Held_token_is_due_when_its_caller_may_ask_again(bool waitsForSecret, int renewAt)
    {
        var state = Fetched.OnFetchFailed(
            FetchReason.Renewal, _permanent with { Requests = 3, WaitsForSecret = waitsForSecret }, startedWithToken: true, Now(900), random: 0);

        Assert.Equal(At(renewAt), state.Held!.RenewAt);
    }

    [Fact]
    public void Fetch_that_succeeds_ends_the_outage()
    {
        var state = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, Now(0), random: 0);

        Assert.False(state.MayRepeatAttempts(Now(100)));
        Assert.Null(state.OnFetchSucceeded(FetchReason.Cold, CreateToken("next", sentAt: 20), Now(20), random: 0.5).Outage);
    }

    [Fact]
    public void Caller_that_waited_too_long_gets_the_failure_of_the_last_fetch_if_one_failed()
    {
        var failed = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _permanent, startedWithToken: false, Now(0), random: 0);

        Assert.Equal("invalid_client", failed.CreateExceptionAfterWait("orders", At(1)).Error);
        Assert.Contains("11 s", EntryState.Empty.CreateExceptionAfterWait("orders", At(11)).Hint, StringComparison.Ordinal);
        Assert.Equal((CognitoTokenErrors.Timeout, true), EntryState.Empty.CreateExceptionAfterWait("orders", At(11)) is var e ? (e.Error, e.IsTransient) : default);
    }

    private static ClockReading Now(int seconds, int wallClockLead = 0) => new(At(seconds), At(wallClockLead));

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TokenFailure Find(string name) =>
        name == nameof(_transient) ? _transient : name == nameof(_throttled) ? _throttled : _permanent;

    private static IssuedToken CreateToken(string value, int sentAt = 0) => new(
        new CognitoAccessToken(value, DateTimeOffset.UnixEpoch + At(sentAt + 1000)), At(sentAt), At(1000));
}
