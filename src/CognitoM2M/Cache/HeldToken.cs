using System.Diagnostics;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>A token in a cache entry, with everything that a call needs. Immutable.</summary>
internal sealed class HeldToken
{
    private readonly TimeSpan _wallClockLead;

    public HeldToken(CognitoAccessToken token, TokenLifetime lifetime)
    {
        Token = token;
        HeaderValue = token.HeaderValue;
        RenewAt = lifetime.RenewAt;
        UnusableAt = lifetime.UnusableAt;
        EndsAt = lifetime.EndsAt;
        _wallClockLead = lifetime.FindWallClockLead(token);
    }

    public CognitoAccessToken Token { get; }

    /// <summary>The Authorization header of the token, copied here so that a call reads one field less.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string HeaderValue { get; }

    /// <summary>From this instant on a renewal is due. Compare this and the other instants with <see cref="GetTime"/>.</summary>
    public TimeSpan RenewAt { get; }

    /// <summary>From this instant on the token is not sent if another can be had.</summary>
    public TimeSpan UnusableAt { get; }

    /// <summary>From this instant on the token is not sent at all.</summary>
    public TimeSpan EndsAt { get; }

    /// <summary>The time in the life of this token, by the clock that has moved further since the token was requested.</summary>
    public TimeSpan GetTime(ClockReading now) => now.GetTimeSince(_wallClockLead);

    /// <summary>The same token with another renewal instant, which is never later than its end.</summary>
    public HeldToken DueAt(TimeSpan instant) => new(Token, new TokenLifetime(instant < EndsAt ? instant : EndsAt, UnusableAt, EndsAt));
}
