using CognitoM2M.Settings;

namespace CognitoM2M.Tokens;

/// <summary>How a fetch ended: with a token or with a failure, never with an exception.</summary>
internal sealed class FetchOutcome
{
    private FetchOutcome(IssuedToken? token, TokenFailure? failure) => (Token, Failure) = (token, failure);

    public IssuedToken? Token { get; }

    public TokenFailure? Failure { get; }

    public static implicit operator FetchOutcome(IssuedToken token) => new(token, null);

    public static implicit operator FetchOutcome(TokenFailure failure) => new(null, failure);
}

/// <summary>A token as it came in, with what its lifetime is counted from.</summary>
internal sealed record IssuedToken(CognitoAccessToken Token, TimeSpan SentAt, TimeSpan Lifetime)
{
    /// <summary>When it is due and when unusable, if whoever got it knows better than the rule for tokens of one's own.</summary>
    public TokenLifetime? Instants { get; init; }

    public TokenOrigin Origin { get; init; }
}

/// <summary>Where a token was got from.</summary>
internal enum TokenOrigin
{
    /// <summary>By a token request of this process.</summary>
    Cognito,

    /// <summary>Another process had put it into the shared tier.</summary>
    SharedTier,

    /// <summary>It was held already, and what was asked says it may be held on to.</summary>
    Memory,
}

/// <summary>Gets one token from Cognito. Never throws.</summary>
internal interface ITokenFetcher
{
    /// <param name="reason">Why; for those who watch.</param>
    /// <param name="client">Whose limits of attempts and time apply.</param>
    /// <param name="mayRepeat">Whether attempts that fail for a passing reason are repeated at once.</param>
    Task<FetchOutcome> FetchAsync(FetchReason reason, AppClientSettings client, bool mayRepeat);
}
