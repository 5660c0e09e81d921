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
