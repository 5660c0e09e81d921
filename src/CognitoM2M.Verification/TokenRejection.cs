namespace CognitoM2M.Verification;

/// <summary>Why a token was rejected. Contains no part of the token except the values of single claims, shortened to 100 characters.</summary>
public sealed class TokenRejection
{
    /// <summary>Describes why a token was rejected. The verifier creates these; create one yourself to unit-test your own code.</summary>
    /// <param name="reason">The rule that was broken.</param>
    /// <param name="expected">What would have been accepted.</param>
    /// <param name="actual">What was found instead.</param>
    public TokenRejection(TokenRejectionReason reason, string expected, string actual)
    {
        ArgumentNullException.ThrowIfNull(expected);
        ArgumentNullException.ThrowIfNull(actual);
        Reason = reason;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The rule that was broken.</summary>
    public TokenRejectionReason Reason { get; }

    /// <summary>What would have been accepted. The text may name your app clients and scopes, so log it, but do not send it to callers.</summary>
    public string Expected { get; }

    /// <summary>What was found instead.</summary>
    public string Actual { get; }

    /// <summary>The app client that the token was issued to, for logs.</summary>
    /// <value>Null if the signature of the token was not verified, so that anybody could have written it.</value>
    public string? ClientId { get; init; }

    /// <summary>Whether the token names an issuer that the options trust. Its signature may not have been verified.</summary>
    internal bool NamesTrustedIssuer { get; init; }

    /// <summary>Reason, expected and actual in one sentence, for logs.</summary>
    public string Message => $"The token was rejected ({Reason}): expected {Expected}; found {Actual}.";

    /// <inheritdoc cref="Message"/>
    public override string ToString() => Message;
}
