namespace CognitoM2M.Tokens;

/// <summary>
/// The instants in the life of a token, on the monotonic clock. They are shares of its lifetime, never fixed spans: a token of five
/// minutes must not be fetched twice in three minutes.
/// </summary>
/// <param name="RenewAt">From here on a renewal is due.</param>
/// <param name="UnusableAt">From here on the token is not sent if there is another token. The margin covers the way to the API and clocks that differ.</param>
/// <param name="EndsAt">From here on the token is not sent at all. One second before its end: the token tells its end in whole seconds, and the clock of the API may be ahead.</param>
internal readonly record struct TokenLifetime(TimeSpan RenewAt, TimeSpan UnusableAt, TimeSpan EndsAt)
{
    // AWS advises renewal at 75 %. The spread keeps the processes of a fleet from renewing at the same instant.
    private const double EarliestRenewal = 0.75;
    private const double RenewalSpread = 0.10;

    // Cognito issues no token for longer; a longer lifetime in a response is ignored.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _longestMargin = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan _longestUnsentEnd = TimeSpan.FromSeconds(1);

    /// <summary>Works out the instants.</summary>
    /// <param name="sentAt">When the token request was sent. The token cannot be older than that.</param>
    /// <param name="lifetime">The lifetime in the response (<c>expires_in</c>).</param>
    /// <param name="random">From 0 to 1, drawn once per token.</param>
    public static TokenLifetime Create(TimeSpan sentAt, TimeSpan lifetime, double random) =>
        CreateWithRenewalAt(EarliestRenewal + RenewalSpread * random, sentAt, lifetime);

    /// <summary>Works out the instants with another share of the lifetime after which the renewal is due.</summary>
    public static TokenLifetime CreateWithRenewalAt(double share, TimeSpan sentAt, TimeSpan lifetime)
    {
        var believed = Cap(lifetime);
        return new TokenLifetime(
            RenewAt: sentAt + believed * share,
            UnusableAt: sentAt + believed - FindMargin(lifetime, _longestMargin),
            EndsAt: sentAt + believed - FindMargin(lifetime, _longestUnsentEnd));
    }

    /// <summary>The minimum that a caller asked for, at most half of the lifetime: with a longer minimum each call would fetch a token.</summary>
    public static TimeSpan CapMinimum(TimeSpan minimum, TimeSpan lifetime)
    {
        var half = Cap(lifetime) / 2;
        return minimum < half ? minimum : half;
    }

    /// <summary>How far the wall clock was ahead of the monotonic clock when the token was requested. The token tells its end by the wall clock.</summary>
    public TimeSpan FindWallClockLead(CognitoAccessToken token, TimeSpan lifetime) =>
        token.ExpiresAt - DateTimeOffset.UnixEpoch - GetExpiry(lifetime);

    /// <summary>The end of the token itself, in whose last second it is not sent.</summary>
    public TimeSpan GetExpiry(TimeSpan lifetime) => EndsAt + FindMargin(lifetime, _longestUnsentEnd);

    /// <summary>The lifetime, at most the longest that Cognito issues tokens for.</summary>
    public static TimeSpan Cap(TimeSpan lifetime) => lifetime < _longest ? lifetime : _longest;

    // A share of the lifetime, so that a token that is valid for seconds can be used at all.
    private static TimeSpan FindMargin(TimeSpan lifetime, TimeSpan longest)
    {
        var tenth = Cap(lifetime) * 0.1;
        return tenth < longest ? tenth : longest;
    }
}
