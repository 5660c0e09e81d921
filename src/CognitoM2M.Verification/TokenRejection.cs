namespace CognitoM2M.Verification;

/// <summary>Why a token was rejected. Holds no part of the token but values of single claims, cut short.</summary>
public sealed class TokenRejection
{
    internal TokenRejection(TokenRejectionReason reason, string expected, string actual)
    {
        Reason = reason;
        Expected = expected;
        Actual = actual;
    }

    /// <summary>The kind of failure.</summary>
    public TokenRejectionReason Reason { get; }

    /// <summary>What would have been accepted. May name your app clients and scopes: for logs, not for callers.</summary>
    public string Expected { get; }

    /// <summary>What was found instead.</summary>
    public string Actual { get; }

    /// <summary>Both in one sentence, for logs.</summary>
    public string Message => $"The access token was rejected ({Reason}): expected {Expected}; found {Actual}.";

    /// <inheritdoc cref="Message"/>
    public override string ToString() => Message;
}
