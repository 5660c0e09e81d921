using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>A token that was verified, and with which keys: it counts as verified as long as those are its issuer's.</summary>
internal sealed class VerifiedToken(string token, VerificationResult result, TrustedIssuer issuer, KeySetSnapshot verifiedWith)
{
    public string Token { get; } = token;

    public VerificationResult Result { get; } = result;

    public bool IsStillVerified => ReferenceEquals(issuer.Keys.Current, verifiedWith);

    // Not the token.
    public override string ToString() => Result.ToString();
}
