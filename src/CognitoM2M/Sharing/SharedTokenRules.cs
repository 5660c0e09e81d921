using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>
/// Decides whether a token found in the store can be used, and for how long. Remembers the token that this process got last.
/// </summary>
/// <remarks>
/// Two clocks limit the life of another process's token: the wall clock, compared with the wall clock of the process that requested the
/// token, and the store's clock, which drops the token in time. A wrong wall clock causes a miss or an early renewal, never a longer life.
/// </remarks>
internal sealed class SharedTokenRules(MonotonicClock clock, Func<double> random)
{
    private Held? _held;
    private RecentDigests _rejected = RecentDigests.None;

    /// <summary>From now on this token is not taken from the store: the API rejected the token, or a caller asked for a new one.</summary>
    public void Reject(string token) => _rejected = _rejected.With(token);

    /// <summary>Returns the store's token if it can be used; null if not.</summary>
    /// <param name="shared">The token in the store.</param>
    /// <param name="order">What is asked for.</param>
    /// <param name="lookedAt">When this process asked the store.</param>
    public IssuedToken? Accept(SharedToken shared, FetchOrder order, TimeSpan lookedAt)
    {
        if (_rejected.Contains(shared.Value))
            return null;
        if (_held is { } held && held.Issued.Token.Value == shared.Value)
            return CanKeep(held, order) ? Keep(held, lookedAt) : null;

        var age = clock.TimeProvider.GetUtcNow() - shared.IssuedAt;
        if (age < -SharedTierTiming.LargestClockLead)
            return null;

        return Adopt(shared, age > TimeSpan.Zero ? age : TimeSpan.Zero, order, lookedAt);
    }

    /// <summary>Returns the token of another process that this process holds, while the store does not answer. Only wall clocks limit it then.</summary>
    public IssuedToken? KeepWithoutStore(FetchOrder order) => _held is { } held && CanKeep(held, order) ? Keep(held, clock.Now) : null;

    /// <summary>Remembers a token that this process got from Cognito.</summary>
    /// <param name="issued">The token.</param>
    /// <param name="isShared">Whether the token is in the store. If not, it is renewed as a token that is not shared.</param>
    public IssuedToken HoldOwn(IssuedToken issued, bool isShared)
    {
        var lifetime = SharedTierTiming.CreateLifetime(issued.SentAt, issued.Lifetime, random());
        _held = new Held(issued, lifetime, IsOwn: true);
        return isShared ? issued with { Instants = lifetime } : issued;
    }

    /// <summary>Creates the form of a token that the store keeps.</summary>
    public SharedToken CreateShared(IssuedToken issued) => new(
        issued.Token.Value,
        string.Join(' ', issued.Token.Scopes),
        clock.TimeProvider.GetUtcNow() - (clock.Now - issued.SentAt),
        TokenLifetime.Cap(issued.Lifetime));

    private IssuedToken? Adopt(SharedToken shared, TimeSpan age, FetchOrder order, TimeSpan lookedAt)
    {
        var sentAt = lookedAt - age;
        var byWallClock = SharedTierTiming.CreateLifetime(sentAt, shared.Lifetime, random());
        // For a renewal, ignore a shared token that is itself due for renewal.
        if (clock.Now >= (order.Reason == FetchReason.Renewal ? byWallClock.RenewAt : byWallClock.UnusableAt)
            || !IsValidFor(order.MinimumRemaining, byWallClock.GetExpiry(shared.Lifetime) - clock.Now, shared.Lifetime))
        {
            return null;
        }

        var expiresAt = clock.TimeProvider.GetUtcNow() - age + TokenLifetime.Cap(shared.Lifetime);
        var issued = new IssuedToken(new CognitoAccessToken(shared.Value, expiresAt, ScopeSet.Split(shared.Scopes)), sentAt, shared.Lifetime);
        _held = new Held(issued, byWallClock, IsOwn: false);
        return LimitToConfirmation(_held, lookedAt) with { Origin = TokenOrigin.SharedTier };
    }

    // The token of another process is not due. The store was read only because the confirmation of the token ends.
    private bool CanKeep(Held held, FetchOrder order)
    {
        var now = clock.Read().GetTimeSince(held.WallClockLead);
        return !held.IsOwn
            && order.Reason is FetchReason.Cold or FetchReason.Renewal
            && now < held.ByWallClock.RenewAt
            && IsValidFor(order.MinimumRemaining, held.ByWallClock.GetExpiry(held.Issued.Lifetime) - now, held.Issued.Lifetime)
            && !_rejected.Contains(held.Issued.Token.Value);
    }

    private static bool IsValidFor(TimeSpan minimum, TimeSpan remaining, TimeSpan lifetime) => remaining >= TokenLifetime.CapMinimum(minimum, lifetime);

    private IssuedToken Keep(Held held, TimeSpan lookedAt) => LimitToConfirmation(held, lookedAt) with { Origin = TokenOrigin.Memory };

    private IssuedToken LimitToConfirmation(Held held, TimeSpan lookedAt) => held.Issued with
    {
        Instants = SharedTierTiming.LimitToConfirmation(
            held.ByWallClock, held.Issued.Lifetime, (clock.Read() with { Elapsed = lookedAt }).GetTimeSince(held.WallClockLead), random()),
    };

    /// <summary>The token that this process got last.</summary>
    private sealed record Held(IssuedToken Issued, TokenLifetime ByWallClock, bool IsOwn)
    {
        public TimeSpan WallClockLead { get; } = ByWallClock.FindWallClockLead(Issued.Token, Issued.Lifetime);
    }
}
