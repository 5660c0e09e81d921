using CognitoM2M.Sharing;
using CognitoM2M.Tokens;

namespace CognitoM2M.Tests.Sharing;

/// <summary>Which tokens of the store a process uses, and for how long. All tokens live for an hour.</summary>
public sealed class SharedTokenRulesTests : IDisposable
{
    private static readonly TimeSpan _hour = TimeSpan.FromHours(1);

    // A token is not sent in its last second.
    private static readonly TimeSpan _unsentEnd = TimeSpan.FromSeconds(1);

    private readonly StoreBench _bench = new();
    private readonly SharedTokenRules _rules;
    private double _random;

    public SharedTokenRulesTests()
    {
        _bench.Advance(_hour);
        _rules = new SharedTokenRules(_bench.Monotonic, () => _random);
    }

    [Fact]
    public void Token_of_another_process_is_used_until_its_confirmation_ends()
    {
        var accepted = Accept(CreateShared(ageInMinutes: 20), FetchReason.Cold)!;

        Assert.Equal("token-1", accepted.Token.Value);
        Assert.Equal(["orders/read", "orders/write"], accepted.Token.Scopes);
        Assert.Equal(_bench.Clock.GetUtcNow() + Minutes(40), accepted.Token.ExpiresAt);
        Assert.Equal(_bench.Now - Minutes(20), accepted.SentAt);
        Assert.Equal(_hour, accepted.Lifetime);
        Assert.Equal(TokenOrigin.SharedTier, accepted.Origin);
        Assert.Equal(new TokenLifetime(_bench.Now + Minutes(1.8), _bench.Now + Minutes(3.6), _bench.Now + Minutes(40) - _unsentEnd), accepted.Instants);
    }

    [Theory]
    [InlineData(50.9, true)]
    [InlineData(51, false)]
    public void Renewal_ignores_a_token_that_is_due_for_renewal(double ageInMinutes, bool isAccepted) =>
        Assert.Equal(isAccepted, Accept(CreateShared(ageInMinutes), FetchReason.Renewal) is not null);

    [Theory]
    [InlineData(59.4, true)]
    [InlineData(59.5, false)]
    public void Cold_start_takes_a_token_as_long_as_it_is_usable(double ageInMinutes, bool isAccepted) =>
        Assert.Equal(isAccepted, Accept(CreateShared(ageInMinutes), FetchReason.Cold) is not null);

    [Theory]
    [InlineData(-0.5, true)]
    [InlineData(-0.51, false)]
    public void Token_from_the_future_counts_as_new_and_is_ignored_if_it_is_more_than_30_seconds_ahead(double ageInMinutes, bool isAccepted)
    {
        var accepted = Accept(CreateShared(ageInMinutes), FetchReason.Cold);

        Assert.Equal(isAccepted ? _bench.Now : null, accepted?.SentAt);
    }

    [Fact]
    public void Rejected_token_is_not_taken_again_and_another_token_is()
    {
        Accept(CreateShared(20), FetchReason.Cold);

        _rules.Reject(CreateShared(20).Value);

        Assert.Null(Accept(CreateShared(20), FetchReason.Rejected));
        Assert.Null(Accept(CreateShared(20), FetchReason.Cold));
        Assert.NotNull(Accept(CreateShared(5) with { Value = "token-2" }, FetchReason.Rejected));
        Assert.Null(Accept(CreateShared(20), FetchReason.Cold));
    }

    [Fact]
    public void Token_that_was_rejected_before_it_was_held_is_not_taken()
    {
        _rules.Reject(CreateShared(20).Value);

        Assert.Null(Accept(CreateShared(20), FetchReason.Rejected));
    }

    [Theory]
    [InlineData(nameof(FetchReason.Cold))]
    [InlineData(nameof(FetchReason.Renewal))]
    public void Held_token_that_is_still_in_the_store_is_confirmed_again(string reason)
    {
        Accept(CreateShared(20), FetchReason.Cold);
        _bench.Advance(Minutes(3));

        var kept = Accept(CreateShared(23), Enum.Parse<FetchReason>(reason))!;

        Assert.Equal(TokenOrigin.Memory, kept.Origin);
        Assert.Equal(_bench.Now - Minutes(23), kept.SentAt);
        Assert.Equal(new TokenLifetime(_bench.Now + Minutes(1.8), _bench.Now + Minutes(3.6), _bench.Now + Minutes(37) - _unsentEnd), kept.Instants);
    }

    [Fact]
    public void Held_token_is_not_kept_when_it_is_due_by_the_wall_clock()
    {
        Accept(CreateShared(40), FetchReason.Cold);

        _bench.Advance(Minutes(10.9));
        Assert.NotNull(Accept(CreateShared(50.9), FetchReason.Renewal));
        _bench.Advance(Minutes(0.1));
        Assert.Null(Accept(CreateShared(51), FetchReason.Renewal));
    }

    [Fact]
    public void Moved_wall_clock_does_not_prolong_the_life_of_a_held_token()
    {
        Accept(CreateShared(40), FetchReason.Cold);
        _bench.Advance(Minutes(11));

        // The same entry, which looks new now.
        _bench.Clock.JumpWallClock(Minutes(-51));

        Assert.Null(Accept(CreateShared(0), FetchReason.Renewal));
    }

    [Theory]
    [InlineData(nameof(FetchReason.Rejected))]
    [InlineData(nameof(FetchReason.Forced))]
    public void Replacement_does_not_keep_the_held_token(string reason)
    {
        Accept(CreateShared(20), FetchReason.Cold);

        Assert.Null(Accept(CreateShared(20), Enum.Parse<FetchReason>(reason)));
        Assert.Null(_rules.KeepWithoutStore(new FetchOrder(Enum.Parse<FetchReason>(reason))));
    }

    [Fact]
    public void Own_token_in_the_store_does_not_count_as_a_token_of_another_process()
    {
        _rules.HoldOwn(CreateIssued(), isShared: true);

        Assert.Null(Accept(CreateShared(0), FetchReason.Renewal));
        Assert.Null(_rules.KeepWithoutStore(new FetchOrder(FetchReason.Renewal)));
    }

    [Fact]
    public void Own_token_can_be_rejected_too()
    {
        _rules.HoldOwn(CreateIssued(), isShared: true);
        _rules.Reject(CreateIssued().Token.Value);
        Accept(CreateShared(5) with { Value = "token-2" }, FetchReason.Cold);

        Assert.Null(Accept(CreateShared(0), FetchReason.Cold));
    }

    // The token lives for an hour. Half an hour is the longest minimum that counts.
    [Theory]
    [InlineData(20, 40, true)]
    [InlineData(29, 600, true)]
    [InlineData(31, 600, false)]
    [InlineData(45, 16, false)]
    [InlineData(45, 15, true)]
    public void Token_with_less_time_left_than_asked_for_is_ignored(double ageInMinutes, int minimumInMinutes, bool isAccepted)
    {
        var order = new FetchOrder(FetchReason.Cold) { MinimumRemaining = Minutes(minimumInMinutes) };

        Assert.Equal(isAccepted, _rules.Accept(CreateShared(ageInMinutes), order, _bench.Now) is not null);
        Accept(CreateShared(ageInMinutes), FetchReason.Cold);
        Assert.Equal(isAccepted, _rules.KeepWithoutStore(order) is not null);
    }

    [Fact]
    public void Token_that_ended_by_the_wall_clock_is_not_kept_while_the_store_does_not_answer()
    {
        Accept(CreateShared(20), FetchReason.Cold);

        _bench.Clock.JumpWallClock(_hour);

        Assert.Null(_rules.KeepWithoutStore(new FetchOrder(FetchReason.Cold)));
    }

    [Fact]
    public void Confirmation_lasts_as_long_after_a_jump_of_the_wall_clock()
    {
        Accept(CreateShared(20), FetchReason.Cold);

        _bench.Clock.JumpWallClock(Minutes(10));
        var kept = _rules.KeepWithoutStore(new FetchOrder(FetchReason.Cold))!;

        Assert.Equal(new TokenLifetime(_bench.Now + Minutes(11.8), _bench.Now + Minutes(13.6), _bench.Now + Minutes(40) - _unsentEnd), kept.Instants);
    }

    [Fact]
    public void Token_of_another_process_is_kept_while_the_store_does_not_answer()
    {
        Accept(CreateShared(20), FetchReason.Cold);
        _bench.Advance(Minutes(3));

        var kept = _rules.KeepWithoutStore(new FetchOrder(FetchReason.Renewal))!;

        Assert.Equal("token-1", kept.Token.Value);
        Assert.Equal(TokenOrigin.Memory, kept.Origin);
        Assert.Equal(new TokenLifetime(_bench.Now + Minutes(1.8), _bench.Now + Minutes(3.6), _bench.Now + Minutes(37) - _unsentEnd), kept.Instants);
        _bench.Advance(Minutes(28));
        Assert.Null(_rules.KeepWithoutStore(new FetchOrder(FetchReason.Renewal)));
    }

    [Fact]
    public void Rejected_token_is_not_kept_while_the_store_does_not_answer()
    {
        Accept(CreateShared(20), FetchReason.Cold);
        _rules.Reject(CreateShared(20).Value);

        Assert.Null(_rules.KeepWithoutStore(new FetchOrder(FetchReason.Renewal)));
    }

    [Fact]
    public void Process_without_a_held_token_has_no_token_while_the_store_does_not_answer() => Assert.Null(_rules.KeepWithoutStore(new FetchOrder(FetchReason.Cold)));

    [Fact]
    public void Own_token_is_renewed_later_if_other_processes_can_find_it()
    {
        var issued = CreateIssued();

        Assert.Equal(issued.SentAt + Minutes(51), _rules.HoldOwn(issued, isShared: true).Instants!.Value.RenewAt);
        _random = 1;
        Assert.Equal(issued.SentAt + Minutes(52.8), _rules.HoldOwn(issued, isShared: true).Instants!.Value.RenewAt);
        Assert.Null(_rules.HoldOwn(issued, isShared: false).Instants);
    }

    [Fact]
    public void Shared_form_of_a_token_says_when_it_was_requested()
    {
        var requestedAt = _bench.Clock.GetUtcNow();
        var issued = CreateIssued();
        _bench.Advance(Minutes(2));

        Assert.Equal(new SharedToken("token-1", "orders/read orders/write", requestedAt, _hour), _rules.CreateShared(issued));
        Assert.Equal(TimeSpan.FromDays(1), _rules.CreateShared(issued with { Lifetime = TimeSpan.FromDays(7) }).Lifetime);
    }

    public void Dispose() => _bench.Dispose();

    private static TimeSpan Minutes(double minutes) => TimeSpan.FromMinutes(minutes);

    private SharedToken CreateShared(double ageInMinutes) => new("token-1", "orders/read orders/write", _bench.Clock.GetUtcNow() - Minutes(ageInMinutes), _hour);

    private IssuedToken CreateIssued() =>
        new(new CognitoAccessToken("token-1", _bench.Clock.GetUtcNow() + _hour, ["orders/read", "orders/write"]), _bench.Now, _hour);

    private IssuedToken? Accept(SharedToken shared, FetchReason reason) => _rules.Accept(shared, new FetchOrder(reason), _bench.Now);
}
