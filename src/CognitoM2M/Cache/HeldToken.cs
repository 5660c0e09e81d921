using System.Diagnostics;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>A token in a cache entry, with everything that a call needs. Immutable.</summary>
internal sealed class HeldToken
{
    public HeldToken(CognitoAccessToken token, TokenLifetime lifetime)
    {
        Token = token;
        HeaderValue = token.HeaderValue;
        RenewAt = lifetime.RenewAt;
        UnusableAt = lifetime.UnusableAt;
    }

    public CognitoAccessToken Token { get; }

    /// <summary>The Authorization header of the token, copied here so that a call reads one field less.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string HeaderValue { get; }

    /// <summary>From this instant on a renewal is due; on the monotonic clock.</summary>
    public TimeSpan RenewAt { get; }

    /// <summary>From this instant on the token is not sent; on the monotonic clock.</summary>
    public TimeSpan UnusableAt { get; }

    /// <summary>The same token with another renewal instant, which is never later than the end of the token's use.</summary>
    public HeldToken DueAt(TimeSpan instant) => new(Token, new TokenLifetime(instant < UnusableAt ? instant : UnusableAt, UnusableAt));
}
