using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>The spans that processes which share a store go by.</summary>
internal static class SharedTierTiming
{
    /// <summary>
    /// How long a claim must stand unchanged before whoever wrote it asks Cognito. Nobody who takes longer than this from reading
    /// that there is no claim to having written one may count on it.
    /// </summary>
    public static readonly TimeSpan QuietPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>A claim without a sign of life for that long is a dead process's.</summary>
    public static readonly TimeSpan ClaimLife = TimeSpan.FromSeconds(2);

    /// <summary>How often a process that waits for Cognito shows that it lives.</summary>
    public static readonly TimeSpan Heartbeat = TimeSpan.FromMilliseconds(500);

    /// <summary>How long a claim that was written too late must stand: a winner whom it overwrote shows twice in that time that it lives.</summary>
    public static readonly TimeSpan LateClaimWait = 2 * Heartbeat;

    /// <summary>How far in the future, by this machine's clock, a token may have been issued: more is a clock that is wrong.</summary>
    public static readonly TimeSpan LargestLead = TimeSpan.FromSeconds(30);

    // Later than for a token of one's own: the earliest of a whole fleet decides, and it should not decide for more requests.
    private const double EarliestRenewal = 0.85;
    private const double RenewalSpread = 0.03;

    // The store drops a token when the last process has renewed it. Until then it vouches that the token is no older than that.
    private const double ShelfShare = EarliestRenewal + RenewalSpread;

    // Half of what is then left of the token's life at the least; the other half is margin.
    private const double LeaseShare = (1 - ShelfShare) / 2;

    /// <summary>How long a token that was sent for at that instant may lie in the store from now on.</summary>
    public static TimeSpan ShelfLife(TimeSpan sentAt, TimeSpan lifetime, TimeSpan now) => sentAt + TokenLifetime.Believed(lifetime) * ShelfShare - now;

    /// <summary>When a token is due and when unusable, going by when it was sent for.</summary>
    /// <param name="sentAt">Exactly known for a token of one's own; by comparing wall clocks for another's.</param>
    /// <param name="lifetime">What Cognito granted.</param>
    /// <param name="random">From 0 to 1.</param>
    public static TokenLifetime Of(TimeSpan sentAt, TimeSpan lifetime, double random) =>
        TokenLifetime.RenewedAfter(EarliestRenewal + RenewalSpread * random, sentAt, lifetime);

    /// <summary>
    /// The same for another's token that the store has just vouched for. It may be used for as long as that alone warrants, however
    /// wrong the wall clocks are, and is looked up again before.
    /// </summary>
    public static TokenLifetime Leased(TokenLifetime byWallClock, TimeSpan lifetime, TimeSpan lookedAt, double random)
    {
        var lease = TokenLifetime.Believed(lifetime) * LeaseShare;
        return new TokenLifetime(
            RenewAt: Earlier(byWallClock.RenewAt, lookedAt + lease * (0.5 + 0.25 * random)),
            UnusableAt: Earlier(byWallClock.UnusableAt, lookedAt + lease));
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
