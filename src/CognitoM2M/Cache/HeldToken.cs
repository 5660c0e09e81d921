using System.Diagnostics;
using CognitoM2M.Tokens;

namespace CognitoM2M.Cache;

/// <summary>A token in an entry, with all that a call needs made ready. Immutable.</summary>
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

    /// <summary>That of the token, one step nearer for the calls that need it.</summary>
    [DebuggerBrowsable(DebuggerBrowsableState.Never)]
    public string HeaderValue { get; }

    /// <summary>From here on a renewal is due; on the entry's clock.</summary>
    public TimeSpan RenewAt { get; }

    /// <summary>From here on the token is not sent any more.</summary>
    public TimeSpan UnusableAt { get; }

    /// <summary>The same token, due again at another instant, or never if that is past its use.</summary>
    public HeldToken DueAt(TimeSpan instant) => With(new TokenLifetime(instant < UnusableAt ? instant : UnusableAt, UnusableAt));

    /// <summary>The same token with other instants.</summary>
    public HeldToken With(TokenLifetime lifetime) => new(Token, lifetime);
}
