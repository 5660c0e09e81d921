using CognitoM2M.Cache;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Cache;

/// <summary>The state machine of a cache entry as tables: a state, an instant in seconds, and the answers. The token lives for 1000 s.</summary>
public sealed class EntryStateTests
{
    private static readonly TokenFailure _transient = new("http_error", "down", IsTransient: true);
    private static readonly TokenFailure _permanent = new("invalid_client", "wrong secret", IsTransient: false);

    /// <summary>Renewal due at 800 s (random 0.5), unusable at 970 s.</summary>
    private static EntryState Fetched => EntryState.Empty.OnFetchSucceeded(FetchReason.Cold, CreateToken("first"), Now(0), random: 0.5);

    [Theory]
    [InlineData(0, true, false)]
    [InlineData(799, true, false)]
    [InlineData(800, true, true)]
    [InlineData(969, true, true)]
    [InlineData(970, false, true)]
    public void Token_is_usable_until_970_seconds_and_its_renewal_is_due_from_800_seconds(int seconds, bool isUsable, bool isDue)
    {
        Assert.Equal(isUsable, Fetched.FindUsable(Now(seconds)) is not null);
        Assert.Equal(isDue, Fetched.IsRenewalDue(Now(seconds)));
    }

    // Columns: the monotonic clock, how far the wall clock has moved further since the token was requested, and the answers.
    [Theory]
    [InlineData(0, 799, true, false)]
    [InlineData(0, 800, true, true)]
    [InlineData(500, 469, true, true)]
    [InlineData(500, 470, false, true)]
    [InlineData(0, 36_000, false, true)]
    [InlineData(799, -36_000, true, false)]
    [InlineData(970, -36_000, false, true)]
    public void Token_ends_by_the_clock_that_has_moved_further(int seconds, int wallClockLead, bool isUsable, bool isDue)
    {
        Assert.Equal(isUsable, Fetched.FindUsable(Now(seconds, wallClockLead)) is not null);
        Assert.Equal(isDue, Fetched.IsRenewalDue(Now(seconds, wallClockLead)));
    }

    [Fact]
    public void Renewal_that_failed_is_due_after_the_back_off_by_the_monotonic_clock_although_the_wall_clock_is_ahead()
    {
        var state = Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(100, wallClockLead: 720), random: 0);

        Assert.False(state.IsRenewalDue(Now(100, wallClockLead: 720)));
        Assert.True(state.Held!.GetTime(Now(100, wallClockLead: 720)) < state.Held.RenewAt);
        Assert.True(state.IsRenewalDue(Now(101, wallClockLead: 720)));
    }

    [Fact]
    public void Empty_state_holds_nothing_and_allows_every_kind_of_fetch()
    {
        var state = EntryState.Empty;

        Assert.Null(state.FindUsable(Now(0)));
        Assert.False(state.IsRenewalDue(Now(0)));
        Assert.True(state.MayFetch(Now(0)));
        Assert.True(state.MayReplace(Now(0)));
        Assert.True(state.MayRepeatAttempts(Now(0)));
        Assert.Equal(TimeSpan.Zero, state.RemainingBackOff(Now(0)));
    }

    [Fact]
    public void Started_fetch_keeps_the_token_usable_and_makes_no_second_renewal_due()
    {
        var state = Fetched.OnFetchStarted(Now(800));

        Assert.NotNull(state.FindUsable(Now(969)));
        Assert.False(state.IsRenewalDue(Now(969)));
        Assert.Null(state.FindUsable(Now(970)));
    }

    [Fact]
    public void Started_fetch_without_a_token_changes_nothing() => Assert.Same(EntryState.Empty, EntryState.Empty.OnFetchStarted(Now(0)));

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
                ? state.OnFetchSucceeded(Enum.Parse<FetchReason>(reason), token, Now(100), random: 0.5)
                : state.OnFetchFailed(Enum.Parse<FetchReason>(reason), _transient, startedWithToken: true, Now(100), random: 0);
        }

        Assert.True(state.MayReplace(Now(allowedAt)));
        if (allowedAt > 100)
            Assert.False(state.MayReplace(Now(allowedAt - 1)));
    }

    [Fact]
    public void Replacement_limit_outlives_later_fetches()
    {
        var state = Fetched
            .OnFetchSucceeded(FetchReason.Rejected, CreateToken("second", sentAt: 100), Now(100), random: 0.5)
            .OnFetchSucceeded(FetchReason.Forced, CreateToken("third", sentAt: 110), Now(110), random: 0.5);

        Assert.False(state.MayReplace(Now(129)));
        Assert.True(state.MayReplace(Now(130)));
    }

    [Fact]
    public void Changed_secret_keeps_the_token_makes_its_renewal_due_and_ends_the_outage()
    {
        var former = Fetched.OnFetchFailed(FetchReason.Renewal, _permanent, startedWithToken: true, Now(800), random: 1);

        var state = former.TakeOver(secretChanged: true, isFetching: false, Now(801));

        Assert.Equal("first", state.FindUsable(Now(969))!.Token.Value);
        Assert.Null(state.FindUsable(Now(970)));
        Assert.True(state.IsRenewalDue(Now(801)));
        Assert.Null(state.Outage);
        Assert.True(state.HoldsTokenOfFormerSecret);
        Assert.True(state.Issued.Contains("Bearer first"));
    }

    [Fact]
    public void Changed_limits_keep_the_token_its_renewal_instant_and_the_outage()
    {
        var former = Fetched.OnFetchFailed(FetchReason.Renewal, _transient, startedWithToken: true, Now(800), random: 0);

        var state = former.TakeOver(secretChanged: false, isFetching: false, Now(800));

        Assert.False(state.IsRenewalDue(Now(800)));
        Assert.True(state.IsRenewalDue(Now(801)));
        Assert.Same(former.Outage, state.Outage);
        Assert.False(state.HoldsTokenOfFormerSecret);
    }

    [Fact]
    public void Renewal_in_flight_at_a_change_of_limits_is_due_again() =>
        Assert.True(Fetched.OnFetchStarted(Now(800)).TakeOver(secretChanged: false, isFetching: true, Now(801)).IsRenewalDue(Now(801)));

    [Fact]
    public void Token_of_the_shared_tier_keeps_the_instants_that_came_with_it()
    {
        var shared = CreateToken("shared") with { Instants = new TokenLifetime(RenewAt: At(100), UnusableAt: At(200), EndsAt: At(300)), Origin = TokenOrigin.SharedTier };

        var held = EntryState.Empty.OnFetchSucceeded(FetchReason.Cold, shared, Now(0), random: 0.5).Held!;

        Assert.Equal((At(100), At(200), At(300)), (held.RenewAt, held.UnusableAt, held.EndsAt));
    }

    [Fact]
    public void Token_obtained_with_the_new_secret_ends_the_use_of_the_former_secret()
    {
        var state = Fetched.TakeOver(secretChanged: true, isFetching: false, Now(10))
            .OnFetchSucceeded(FetchReason.Renewal, CreateToken("second", sentAt: 10), Now(10), random: 0.5);

        Assert.False(state.HoldsTokenOfFormerSecret);
        Assert.True(state.Issued.Contains("Bearer first"));
        Assert.True(state.Issued.Contains("Bearer second"));
    }

    [Theory]
    [InlineData(0, 1000, 0, false)]
    [InlineData(900, 100, 0, false)]
    [InlineData(980, 0, 0, false)]
    public void Status_shows_the_remaining_lifetime_which_is_never_negative(int seconds, int remaining, int backOff, bool hasError)
    {
        var status = Fetched.Describe("orders", Now(seconds), DateTimeOffset.UnixEpoch + At(seconds));

        Assert.Equal((At(remaining), At(backOff), hasError), (status.Remaining, status.BackOff, status.Error is not null));
        Assert.Equal(seconds < 970, status.HasToken);
        Assert.Equal(TimeSpan.Zero, Fetched.Describe("orders", Now(seconds), DateTimeOffset.UnixEpoch + At(2000)).Remaining);
    }

    private static ClockReading Now(int seconds, int wallClockLead = 0) => new(At(seconds), At(wallClockLead));

    private static TimeSpan At(int seconds) => TimeSpan.FromSeconds(seconds);

    private static IssuedToken CreateToken(string value, int sentAt = 0) => new(
        new CognitoAccessToken(value, DateTimeOffset.UnixEpoch + At(sentAt + 1000)), At(sentAt), At(1000));
}
