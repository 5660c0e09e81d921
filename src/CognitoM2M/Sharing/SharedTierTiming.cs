using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>The time spans that all processes of a fleet use.</summary>
internal static class SharedTierTiming
{
    /// <summary>
    /// How long a new lease must stay unchanged before its writer is the leader. A process that finds no lease must have written its own
    /// lease within this time. Otherwise it has written too late.
    /// </summary>
    public static readonly TimeSpan QuietPeriod = TimeSpan.FromMilliseconds(100);

    /// <summary>How long a lease lasts after its last heartbeat. Then the leader counts as dead.</summary>
    public static readonly TimeSpan LeaseDuration = TimeSpan.FromSeconds(2);

    /// <summary>How often the leader writes a heartbeat.</summary>
    public static readonly TimeSpan HeartbeatInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// How long a lease that was written too late must stay unchanged before its writer is the leader. A leader whose lease was overwritten
    /// writes two heartbeats in that time.
    /// </summary>
    public static readonly TimeSpan LateLeaseWait = 2 * HeartbeatInterval;

    /// <summary>How far in the future a token may have been issued, by this machine's wall clock. If it is more, a wall clock is wrong.</summary>
    public static readonly TimeSpan LargestClockLead = TimeSpan.FromSeconds(30);

    // Later than for a token that is not shared: the process that renews first renews for the fleet, and each renewal is a request.
    private const double EarliestRenewal = 0.85;
    private const double RenewalSpread = 0.03;

    // The store drops a token when the last process has renewed it. A token that is in the store is no older than this.
    private const double StoreShare = EarliestRenewal + RenewalSpread;

    // Half of the lifetime that is left when the store drops the token. The other half is a margin.
    private const double ConfirmationShare = (1 - StoreShare) / 2;

    /// <summary>How long the store may keep a token from now on.</summary>
    /// <param name="sentAt">When the token was requested.</param>
    /// <param name="lifetime">The lifetime that Cognito granted.</param>
    /// <param name="now">The current time.</param>
    /// <returns>Zero or less if the token is too old to be shared.</returns>
    public static TimeSpan GetTimeToLive(TimeSpan sentAt, TimeSpan lifetime, TimeSpan now) =>
        sentAt + TokenLifetime.Cap(lifetime) * StoreShare - now;

    /// <summary>Computes when a shared token is due for renewal and when it is unusable.</summary>
    /// <param name="sentAt">When the token was requested. Exact for this process's own token; computed from two wall clocks for the token of another process.</param>
    /// <param name="lifetime">The lifetime that Cognito granted.</param>
    /// <param name="random">From 0 to 1, drawn once per token.</param>
    public static TokenLifetime CreateLifetime(TimeSpan sentAt, TimeSpan lifetime, double random) =>
        TokenLifetime.CreateWithRenewalAt(EarliestRenewal + RenewalSpread * random, sentAt, lifetime);

    /// <summary>
    /// Shortens the lifetime of another process's token to what the store has just confirmed. The token was in the store, so it can be
    /// used for the confirmed time even if every wall clock is wrong. The process looks in the store again before that time ends. The end of
    /// the token stays as it is: while Cognito is down there is no better token, and the API decides.
    /// </summary>
    /// <param name="byWallClock">The lifetime by comparing wall clocks.</param>
    /// <param name="lifetime">The lifetime that Cognito granted.</param>
    /// <param name="lookedAt">When this process asked the store.</param>
    /// <param name="random">From 0 to 1, drawn at each look.</param>
    public static TokenLifetime LimitToConfirmation(TokenLifetime byWallClock, TimeSpan lifetime, TimeSpan lookedAt, double random)
    {
        var confirmed = TokenLifetime.Cap(lifetime) * ConfirmationShare;
        return byWallClock with
        {
            RenewAt = Min(byWallClock.RenewAt, lookedAt + confirmed * (0.5 + 0.25 * random)),
            UnusableAt = Min(byWallClock.UnusableAt, lookedAt + confirmed),
        };
    }

    private static TimeSpan Min(TimeSpan one, TimeSpan other) => one < other ? one : other;
}
