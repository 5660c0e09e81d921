namespace CognitoM2M.Tokens;

/// <summary>A token in an entry, with all that a call needs made ready. Immutable.</summary>
internal sealed class HeldToken(TokenEntry entry, CognitoAccessToken token, TokenLifetime lifetime)
{
    /// <summary>The entry to tell when the API rejects this token.</summary>
    public TokenEntry Entry { get; } = entry;

    public CognitoAccessToken Token { get; } = token;

    /// <summary>The value of the Authorization header (RFC 6750, section 2.1).</summary>
    public string HeaderValue { get; } = $"Bearer {token.Value}";

    /// <summary>From here on a renewal is due; on the entry's clock.</summary>
    public TimeSpan RenewAt { get; } = lifetime.RenewAt;

    /// <summary>From here on the token is not sent any more.</summary>
    public TimeSpan UnusableAt { get; } = lifetime.UnusableAt;
}
