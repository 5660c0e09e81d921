using System.Net;
using CognitoM2M.Cache;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Cache;

/// <summary>The state machine of a cache entry as tables: a state, an instant in seconds, and the answers. The token lives for 1000 s.</summary>
public sealed class EntryStateTests
{
    private static readonly TokenFailure _transient = new("http_error", "down", IsTransient: true);
    private static readonly TokenFailure _permanent = new("invalid_client", "wrong secret", IsTransient: false);
    private static readonly TokenFailure _throttled = _transient with { RetryAfter = TimeSpan.FromSeconds(30), StatusCode = HttpStatusCode.TooManyRequests };

    /// <summary>Renewal due at 800 s (random 0.5), unusable at 970 s.</summary>
    private static EntryState Fetched => EntryState.Empty.OnFetchSucceeded(FetchReason.Cold, CreateToken("first"), At(0), random: 0.5);

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(799, true, false)]
    [InlineData(800, true, true)]
    [InlineData(969, true, true)]
    [InlineData(970, false, true)]
    public void Token_is_usable_until_970_seconds_and_its_renewal_is_due_from_800_seconds(int seconds, bool isUsable, bool isDue)
    {
        Assert.Equal(isUsable, Fetched.FindUsable(At(seconds)) is not null);
        Assert.Equal(isDue, Fetched.IsRenewalDue(At(seconds)));
    }

    [Fact]
    public void Empty_state_holds_nothing_and_allows_every_kind_of_fetch()
    {
        var state = EntryState.Empty;

        Assert.Null(state.FindUsable(At(0)));
        Assert.False(state.IsRenewalDue(At(0)));
        Assert.True(state.MayFetch(At(0)));
        Assert.True(state.MayReplace(At(0)));
        Assert.True(state.MayRepeatAttempts(At(0)));
        Assert.Equal(TimeSpan.Zero, state.RemainingBackOff(At(0)));
    }

    [Fact]
    public void Started_fetch_keeps_the_token_usable_and_makes_no_second_renewal_due()
    {
        var state = Fetched.OnFetchStarted(At(800));

        Assert.NotNull(state.FindUsable(At(969)));
        Assert.False(state.IsRenewalDue(At(969)));
        Assert.Null(state.FindUsable(At(970)));
    }

    [Fact]
    public void Started_fetch_without_a_token_changes_nothing() => Assert.Same(EntryState.Empty, EntryState.Empty.OnFetchStarted(At(0)));

    // The back-off after one failure is 1 s to 1.5 s; with random 0 it is 1 s.
    [Theory]
    [InlineData(800, true, false, false)]
    [InlineData(801, true, true, true)]
    public void Failed_renewal_keeps_the_token_and_is_due_again_after_the_back_off(int seconds, bool isUsable, bool isDue, bool mayReplace)
    {
        var state = Fetched.OnFetchStarted(At(800)).OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(800), random: 0);

        Assert.Equal(isUsable, state.FindUsable(At(seconds)) is not null);
        Assert.Equal(isDue, state.IsRenewalDue(At(seconds)));
        Assert.Equal(mayReplace, state.MayReplace(At(seconds)));
        Assert.False(state.MayRepeatAttempts(At(seconds)));
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
        var state = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _transient with { Requests = requestsOfFirst }, startedWithToken: false, At(0), random: 0);
        for (var i = 1; i < failures; i++)
            state = state.OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, At(0), random: 0);

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), state.RemainingBackOff(At(0)));
        Assert.Equal(requestsOfFirst + failures - 1, state.Outage!.Requests);
        Assert.False(state.MayFetch(At(expectedSeconds - 1)));
        Assert.True(state.MayFetch(At(expectedSeconds)));
        Assert.Equal(TimeSpan.Zero, state.RemainingBackOff(At(expectedSeconds)));
    }

    // The renewals fail from 800 s on, one after the other; the token is valid until 1000 s.
    [Theory]
    [InlineData(6, 832)]
    [InlineData(7, 840)]
    public void Back_off_with_a_token_grows_to_forty_seconds(int failures, int retryAt)
    {
        var state = Fetched;
        for (var i = 0; i < failures; i++)
            state = state.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(800), random: 0);

        Assert.Equal(At(retryAt), state.Outage!.RetryAt);
    }

    // Columns: when the seventh renewal fails, and until when Cognito is not asked. A pause that Cognito asked for goes on after the token has ended.
    [Theory]
    [InlineData(nameof(_transient), 980, 1000)]
    [InlineData(nameof(_transient), 995, 1005)]
    [InlineData(nameof(_permanent), 980, 1000)]
    [InlineData(nameof(_throttled), 980, 1010)]
    public void Back_off_ends_with_the_token(string failure, int failedAt, int retryAt)
    {
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, Find(failure) with { Requests = 7 }, startedWithToken: true, At(failedAt), random: 0);

        Assert.Equal(At(retryAt), state.Outage!.RetryAt);
        Assert.Equal(failedAt, state.FindUsable(At(failedAt)) is null ? 0 : failedAt);
    }

    // The margin at the end of a token is for the choice between two tokens. While Cognito fails there is one token only.
    [Theory]
    [InlineData(970, true)]
    [InlineData(999, true)]
    [InlineData(1000, false)]
    public void Token_is_usable_to_its_very_end_while_cognito_fails(int seconds, bool isUsable)
    {
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(965), random: 0).OnFetchStarted(At(966));

        Assert.Equal(isUsable, state.FindUsable(At(seconds)) is not null);
        Assert.Equal(isUsable, state.Held!.RenewAt > At(seconds));
    }

    [Fact]
    public void Token_in_its_last_seconds_serves_callers_that_got_no_better_one()
    {
        Assert.Null(Fetched.FindUsable(At(970)));
        Assert.NotNull(Fetched.FindValid(At(999)));
        Assert.Null(Fetched.FindValid(At(1000)));
        Assert.Null(EntryState.Empty.FindValid(At(0)));
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
        var state = failedBefore ? Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(990), random: 0) : Fetched;

        state = state.OnFetchFailed(FetchReason.Renewal, Find(failure), startedWithToken, At(1001), random: 0);

        Assert.Equal(mayFetch, state.MayFetch(At(1001)));
        Assert.False(state.MayRepeatAttempts(At(1001)));
    }

    // An attempt takes ten seconds at most.
    [Fact]
    public void Wait_of_a_call_is_limited()
    {
        Assert.Equal(At(11), EntryState.Empty.GetWaitLimit(attemptTimeout: At(10)));
        Assert.Equal(At(11), Fetched.GetWaitLimit(attemptTimeout: At(10)));
        Assert.Equal(At(1), Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(900), random: 0).GetWaitLimit(At(10)));
    }

    [Fact]
    public void Fetch_that_succeeds_ends_the_outage()
    {
        var state = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, At(0), random: 0);

        Assert.False(state.MayRepeatAttempts(At(100)));
        Assert.Null(state.OnFetchSucceeded(FetchReason.Cold, CreateToken("next", sentAt: 20), At(20), random: 0.5).Outage);
    }

    [Fact]
    public void Caller_that_waited_too_long_gets_the_failure_of_the_last_fetch_if_one_failed()
    {
        var failed = EntryState.Empty.OnFetchFailed(FetchReason.Cold, _permanent, startedWithToken: false, At(0), random: 0);

        Assert.Equal("invalid_client", failed.CreateExceptionAfterWait("orders", At(1)).Error);
        Assert.Contains("11 s", EntryState.Empty.CreateExceptionAfterWait("orders", At(11)).Hint, StringComparison.Ordinal);
        Assert.Equal((CognitoTokenErrors.Timeout, true), EntryState.Empty.CreateExceptionAfterWait("orders", At(11)) is var e ? (e.Error, e.IsTransient) : default);
    }

    // Columns: reasons of the fetches, all at 100 s; the outcomes; the origin of the last token; when the next replacement is allowed.
    [Theory]
    [InlineData("Rejected", "ok", nameof(TokenOrigin.Cognito), 130)]
    [InlineData("Renewal", "ok", nameof(TokenOrigin.Cognito), 100)]
    [InlineData("Rejected", "ok", nameof(TokenOrigin.SharedTier), 100)]
    [InlineData("Rejected,Renewal", "failed,ok", nameof(TokenOrigin.Cognito), 130)]
    [InlineData("Rejected,Rejected,Forced", "failed,failed,ok", nameof(TokenOrigin.Cognito), 130)]
    [InlineData("Renewal,Renewal", "failed,ok", nameof(TokenOrigin.Cognito), 100)]
    public void Next_replacement_waits_thirty_seconds_after_a_token_that_counts_as_replacement(string reasons, string outcomes, string origin, int allowedAt)
    {
        var state = Fetched;
        foreach (var (reason, outcome) in reasons.Split(',').Zip(outcomes.Split(',')))
        {
            var token = CreateToken("next", sentAt: 100) with { Origin = Enum.Parse<TokenOrigin>(origin) };
            state = outcome == "ok"
                ? state.OnFetchSucceeded(Enum.Parse<FetchReason>(reason), token, At(100), random: 0.5)
                : state.OnFetchFailed(Enum.Parse<FetchReason>(reason), _transient, startedWithToken: true, At(100), random: 0);
        }

        Assert.True(state.MayReplace(At(allowedAt)));
        if (allowedAt > 100)
            Assert.False(state.MayReplace(At(allowedAt - 1)));
    }

    [Fact]
    public void Replacement_limit_outlives_later_fetches()
    {
        var state = Fetched
            .OnFetchSucceeded(FetchReason.Rejected, CreateToken("second", sentAt: 100), At(100), random: 0.5)
            .OnFetchSucceeded(FetchReason.Forced, CreateToken("third", sentAt: 110), At(110), random: 0.5);

        Assert.False(state.MayReplace(At(129)));
        Assert.True(state.MayReplace(At(130)));
    }

    [Fact]
    public void Changed_secret_keeps_the_token_makes_its_renewal_due_and_ends_the_outage()
    {
        var former = Fetched.OnFetchFailed(FetchReason.Renewal, _permanent, startedWithToken: true, At(800), random: 1);

        var state = former.TakeOver(secretChanged: true, isFetching: false, At(801));

        Assert.Equal("first", state.FindUsable(At(969))!.Token.Value);
        Assert.Null(state.FindUsable(At(970)));
        Assert.True(state.IsRenewalDue(At(801)));
        Assert.Null(state.Outage);
        Assert.True(state.HoldsTokenOfFormerSecret);
        Assert.True(state.Issued.Contains("Bearer first"));
    }

    [Fact]
    public void Changed_limits_keep_the_token_its_renewal_instant_and_the_outage()
    {
        var former = Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, At(800), random: 0);

        var state = former.TakeOver(secretChanged: false, isFetching: false, At(800));

        Assert.False(state.IsRenewalDue(At(800)));
        Assert.True(state.IsRenewalDue(At(801)));
        Assert.Same(former.Outage, state.Outage);
        Assert.False(state.HoldsTokenOfFormerSecret);
    }

    [Fact]
    public void Renewal_in_flight_at_a_change_of_limits_is_due_again() =>
        Assert.True(Fetched.OnFetchStarted(At(800)).TakeOver(secretChanged: false, isFetching: true, At(801)).IsRenewalDue(At(801)));

    [Fact]
    public void Token_obtained_with_the_new_secret_ends_the_use_of_the_former_secret()
    {
        var state = Fetched.TakeOver(secretChanged: true, isFetching: false, At(10))
            .OnFetchSucceeded(FetchReason.Renewal, CreateToken("second", sentAt: 10), At(10), random: 0.5);

        Assert.False(state.HoldsTokenOfFormerSecret);
        Assert.True(state.Issued.Contains("Bearer first"));
        Assert.True(state.Issued.Contains("Bearer second"));
    }

    [Theory]
    [InlineData(0, 1000, 0, false)]
    [InlineData(900, 100, 0, false)]
    [InlineData(980, 0, 0, false)]
    public void Status_tells_the_remaining_lifetime_which_is_never_negative(int seconds, int remaining, int backOff, bool hasError)
    {
        var status = Fetched.Describe("orders", At(seconds), DateTimeOffset.UnixEpoch + At(seconds));

        Assert.Equal((At(remaining), At(backOff), hasError), (status.Remaining, status.BackOff, status.Error is not null));
        Assert.Equal(seconds < 970, status.HasToken);
        Assert.Equal(TimeSpan.Zero, Fetched.Describe("orders", At(seconds), DateTimeOffset.UnixEpoch + At(2000)).Remaining);
    }

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private static TokenFailure Find(string name) =>
        name == nameof(_transient) ? _transient : name == nameof(_throttled) ? _throttled : _permanent;

    private static IssuedToken CreateToken(string value, int sentAt = 0) => new(
        new CognitoAccessToken(value, DateTimeOffset.UnixEpoch + At(sentAt + 1000)), At(sentAt), At(1000));
}
