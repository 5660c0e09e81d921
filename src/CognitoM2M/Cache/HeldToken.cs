using System.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>A token in a cache entry, with everything that a call needs. Immutable.</summary>
internal sealed class HeldToken
{
    private readonly TimeSpan _lifetime;
    private readonly TimeSpan _expiry;
    private readonly TimeSpan _wallClockLead;

    /// <param name="token">The token.</param>
    /// <param name="lifetime">The lifetime that Cognito granted.</param>
    /// <param name="instants">The instants in the life of the token.</param>
    public HeldToken(CognitoAccessToken token, TimeSpan lifetime, TokenLifetime instants)
    {
        Token = token;
        HeaderValue = token.HeaderValue;
        RenewAt = instants.RenewAt;
        UnusableAt = instants.UnusableAt;
        EndsAt = instants.EndsAt;
        _lifetime = lifetime;
        _expiry = instants.GetExpiry(lifetime);
        _wallClockLead = instants.FindWallClockLead(token, lifetime);
    }

    public CognitoAccessToken Token { get; }

    /// <summary>The Authorization header of the token, copied here so that a call reads one field less.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string HeaderValue { get; }

    /// <summary>From this instant on a renewal is due. Compare this and the other instants with <see cref="GetTime"/>.</summary>
    public TimeSpan RenewAt { get; }

    /// <summary>From this instant on the token is not sent if there is another token.</summary>
    public TimeSpan UnusableAt { get; }

    /// <summary>From this instant on, one second before its end, the token is not sent at all.</summary>
    public TimeSpan EndsAt { get; }

    /// <summary>The time in the life of this token, by the clock that has moved further since the token was requested.</summary>
    public TimeSpan GetTime(ClockReading now) => now.GetTimeSince(_wallClockLead);

    /// <summary>Whether the token is still valid for as long as a caller asks for. At most half of its lifetime counts.</summary>
    public bool IsValidFor(TimeSpan minimum, ClockReading now) =>
        minimum == TimeSpan.Zero || _expiry - GetTime(now) >= TokenLifetime.CapMinimum(minimum, _lifetime);

    /// <summary>The same token with another renewal instant, which is never later than its end.</summary>
    public HeldToken DueAt(TimeSpan instant) => new(Token, _lifetime, new TokenLifetime(instant < EndsAt ? instant : EndsAt, UnusableAt, EndsAt));
}
