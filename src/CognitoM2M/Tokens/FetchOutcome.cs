namespace CognitoM2M.Tokens;

/// <summary>How a fetch ended: with a token, with a failure, or because nothing has changed; never with an exception.</summary>
internal sealed class FetchOutcome
{
    /// <summary>Nothing was sent, because the client secret is still the one that did not help.</summary>
    public static readonly FetchOutcome SecretUnchanged = new(null, null);

    private FetchOutcome(IssuedToken? token, TokenFailure? failure) => (Token, Failure) = (token, failure);

    public IssuedToken? Token { get; }

    public TokenFailure? Failure { get; }

    public static implicit operator FetchOutcome(IssuedToken token) => new(token, null);

    public static implicit operator FetchOutcome(TokenFailure failure) => new(null, failure);
}
