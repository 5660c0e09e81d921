namespace CognitoM2M.Tokens;

/// <summary>A token that a fetch returned.</summary>
/// <param name="Token">The token.</param>
/// <param name="SentAt">When its request was sent, on the monotonic clock.</param>
/// <param name="Lifetime">How long the token is valid from then on.</param>
internal sealed record IssuedToken(CognitoAccessToken Token, TimeSpan SentAt, TimeSpan Lifetime)
{
    /// <summary>When the renewal is due and when the token is unusable, if the fetcher decides that. By default they follow from the lifetime.</summary>
    public TokenLifetime? Instants { get; init; }

    public TokenOrigin Origin { get; init; }

    /// <summary>The refresh token that came with the token of a user; null if none did.</summary>
    public RefreshToken? RefreshToken { get; init; }
}

/// <summary>Where a token was obtained from.</summary>
internal enum TokenOrigin
{
    /// <summary>A token request of this process.</summary>
    Cognito,

    /// <summary>The shared tier: another process had put the token there.</summary>
    SharedTier,

    /// <summary>This process held the token already.</summary>
    Memory,
}
