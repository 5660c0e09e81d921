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
        Assert.Null(state.FindFailureFeltByCallers(At(0)));
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

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(3, 4)]
    [InlineData(6, 32)]
    [InlineData(7, 40)]
    [InlineData(20, 40)]
    public void Back_off_doubles_with_each_failure_in_a_row(int failures, int expectedSeconds)
    {
        var state = EntryState.Empty;
        for (var i = 0; i < failures; i++)
            state = state.OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, At(0), random: 0);

        Assert.Equal(TimeSpan.FromSeconds(expectedSeconds), state.RemainingBackOff(At(0)));
        Assert.Equal(failures, state.Outage!.Failures);
        Assert.False(state.IsBackingOff(At(expectedSeconds)));
        Assert.Equal(TimeSpan.Zero, state.RemainingBackOff(At(expectedSeconds)));
    }

    public static TheoryData<string, bool, bool> FailuresWithoutAToken => new()
    {
        // A renewal failed, then the token ended: the first caller may ask once more at once.
        { nameof(_transient), true, true },
        // The failure was felt by callers already.
        { nameof(_transient), false, false },
        // Cognito asked for a pause.
        { nameof(_throttled), true, false },
        // Nothing changes by asking again.
        { nameof(_permanent), true, false },
    };

    [Theory]
    [MemberData(nameof(FailuresWithoutAToken))]
    public void Caller_without_a_token_may_ask_during_the_back_off_only_after_a_transient_failure_that_reached_no_caller(
        string failure, bool startedWithToken, bool mayFetch)
    {
        // The token ends at 970 s, during the back-off of the failure at 969.9 s.
        var failedAt = TimeSpan.FromSeconds(969.9);
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, Find(failure), startedWithToken, failedAt, random: 1);

        Assert.True(state.IsBackingOff(At(970)));
        Assert.Equal(mayFetch, state.MayFetch(At(970)));
    }

    [Fact]
    public void Failure_of_a_fetch_reaches_callers_until_a_fetch_succeeds()
    {
        var state = EntryState.Empty
            .OnFetchFailed(FetchReason.Cold, _transient, startedWithToken: false, At(0), random: 0)
            .OnFetchFailed(FetchReason.Cold, _permanent, startedWithToken: true, At(10), random: 0);

        Assert.Same(_permanent, state.FindFailureFeltByCallers(At(10)));
        Assert.False(state.MayRepeatAttempts(At(100)));

        var recovered = state.OnFetchSucceeded(FetchReason.Cold, CreateToken("next", sentAt: 20), At(20), random: 0.5);
        Assert.Null(recovered.Outage);
        Assert.Null(recovered.FindFailureFeltByCallers(At(20)));
    }

    [Fact]
    public void Failure_does_not_reach_callers_while_a_usable_token_is_held() =>
        Assert.Null(Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: false, At(800), random: 0).FindFailureFeltByCallers(At(800)));

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
