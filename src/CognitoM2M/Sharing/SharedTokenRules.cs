using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Sharing;

/// <summary>
/// Decides what a token found in the store is good for, and remembers what this process holds. Another's token lives only as long as
/// two clocks agree that it does: the wall clock, compared with that of the process that got it, and the store's own, which drops the
/// token in time. A wrong wall clock makes a miss or an early renewal of it, never a longer life.
/// </summary>
internal sealed class SharedTokenRules(MonotonicClock clock, Func<double> random)
{
    private Held? _held;
    private RecentDigests _unwanted = RecentDigests.None;

    /// <summary>From now on the held token is not taken again: the API rejected it, or a caller wants another.</summary>
    public void RefuseHeld()
    {
        if (_held is { } held)
            _unwanted = _unwanted.With(held.Issued.Token.Value);
    }

    /// <summary>The token that the store has, if it serves the purpose.</summary>
    /// <param name="shared">What lay in the store.</param>
    /// <param name="reason">Why a token is wanted.</param>
    /// <param name="lookedAt">When the store was asked.</param>
    public IssuedToken? Take(SharedToken shared, FetchReason reason, TimeSpan lookedAt)
    {
        if (_unwanted.Contains(shared.Value))
            return null;
        if (_held is { } held && held.Issued.Token.Value == shared.Value)
            return MayKeep(held, reason) ? Keep(held, lookedAt) : null;

        var age = clock.TimeProvider.GetUtcNow() - shared.IssuedAt;
        if (age < -SharedTierTiming.LargestLead)
            return null;

        return Adopt(shared, age > TimeSpan.Zero ? age : TimeSpan.Zero, reason, lookedAt);
    }

    /// <summary>Another's token that is held, while the store does not answer: the wall clock has to do.</summary>
    public IssuedToken? KeepUnseen(FetchReason reason) => _held is { } held && MayKeep(held, reason) ? Keep(held, clock.Now) : null;

    /// <summary>A token that this process got from Cognito.</summary>
    /// <param name="issued">As it came.</param>
    /// <param name="isShared">Whether others can find it; if not, it is a token like any other.</param>
    public IssuedToken Own(IssuedToken issued, bool isShared)
    {
        var lifetime = SharedTierTiming.Of(issued.SentAt, issued.Lifetime, random());
        _held = new Held(issued, lifetime, IsOwn: true);
        return isShared ? issued with { Instants = lifetime } : issued;
    }

    /// <summary>The same for the others.</summary>
    public SharedToken Share(IssuedToken issued) => new(
        issued.Token.Value,
        string.Join(' ', issued.Token.Scopes),
        clock.TimeProvider.GetUtcNow() - (clock.Now - issued.SentAt),
        TokenLifetime.Believed(issued.Lifetime));

    private IssuedToken? Adopt(SharedToken shared, TimeSpan age, FetchReason reason, TimeSpan lookedAt)
    {
        var sentAt = lookedAt - age;
        var byWallClock = SharedTierTiming.Of(sentAt, shared.Lifetime, random());
        // Whoever renews is not helped by a token that is due as well.
        if (clock.Now >= (reason == FetchReason.Renewal ? byWallClock.RenewAt : byWallClock.UnusableAt))
            return null;

        var expiresAt = clock.TimeProvider.GetUtcNow() - age + TokenLifetime.Believed(shared.Lifetime);
        var issued = new IssuedToken(new CognitoAccessToken(shared.Value, expiresAt, ScopeSet.Split(shared.Scopes)), sentAt, shared.Lifetime);
        _held = new Held(issued, byWallClock, IsOwn: false);
        return Lease(_held, lookedAt) with { Origin = TokenOrigin.SharedTier };
    }

    // Only what is looked up because its lease ends, not because it is due.
    private bool MayKeep(Held held, FetchReason reason) =>
        !held.IsOwn
        && reason is FetchReason.Cold or FetchReason.Renewal
        && clock.Now < held.ByWallClock.RenewAt
        && !_unwanted.Contains(held.Issued.Token.Value);

    private IssuedToken Keep(Held held, TimeSpan lookedAt) => Lease(held, lookedAt) with { Origin = TokenOrigin.Memory };

    private IssuedToken Lease(Held held, TimeSpan lookedAt) =>
        held.Issued with { Instants = SharedTierTiming.Leased(held.ByWallClock, held.Issued.Lifetime, lookedAt, random()) };

    /// <summary>What this process got last.</summary>
    private sealed record Held(IssuedToken Issued, TokenLifetime ByWallClock, bool IsOwn);
}
