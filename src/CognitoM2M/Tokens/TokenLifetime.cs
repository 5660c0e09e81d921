namespace CognitoM2M.Tokens;

/// <summary>
/// The two instants in the life of a token, both as shares of its lifetime and never as fixed spans: a token of five minutes must
/// not be fetched twice in three.
/// </summary>
internal readonly record struct TokenLifetime(TimeSpan RenewAt, TimeSpan UnusableAt)
{
    // AWS advises to renew at 75 %; the spread keeps a fleet from renewing in step.
    private const double EarliestRenewal = 0.75;
    private const double RenewalSpread = 0.10;

    // Cognito gives no token for longer; an answer that claims otherwise is not believed.
    private static readonly TimeSpan _longest = TimeSpan.FromDays(1);
    private static readonly TimeSpan _longestMargin = TimeSpan.FromSeconds(30);

    /// <summary>Works both instants out, on the clock that <paramref name="sentAt"/> is from.</summary>
    /// <param name="sentAt">When the token request was sent: the token cannot be younger than that.</param>
    /// <param name="lifetime">What <c>expires_in</c> says.</param>
    /// <param name="random">From 0 to 1, drawn once per token.</param>
    public static TokenLifetime Of(TimeSpan sentAt, TimeSpan lifetime, double random) =>
        RenewedAfter(EarliestRenewal + RenewalSpread * random, sentAt, lifetime);

    /// <summary>The same with the share of its life after which the token is renewed.</summary>
    public static TokenLifetime RenewedAfter(double share, TimeSpan sentAt, TimeSpan lifetime)
    {
        var believed = Believed(lifetime);
        var tenth = believed * 0.1;
        var margin = tenth < _longestMargin ? tenth : _longestMargin;

        return new TokenLifetime(RenewAt: sentAt + believed * share, UnusableAt: sentAt + believed - margin);
    }

    /// <summary>The lifetime, or the longest that Cognito gives.</summary>
    public static TimeSpan Believed(TimeSpan lifetime) => lifetime < _longest ? lifetime : _longest;
}
