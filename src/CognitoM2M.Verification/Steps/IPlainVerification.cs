namespace CognitoM2M.Verification.Steps;

/// <summary>A verification in one pass, for the tokens that have the usual form.</summary>
internal interface IPlainVerification<TClaims>
    where TClaims : CognitoTokenClaims
{
    /// <summary>Keeps the header of a token whose signature was verified.</summary>
    /// <param name="token">The token.</param>
    /// <param name="keyId">The key id that the header names.</param>
    void KeepHeader(ReadOnlySpan<char> token, string keyId);

    /// <summary>Verifies everything but the rules that are applied at every use of a token.</summary>
    /// <returns>The outcome; null if there is none.</returns>
    PlainOutcome<TClaims>? Verify(ReadOnlySpan<char> token);
}
