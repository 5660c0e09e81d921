using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>A token whose signature and claims were verified, and the keys that were current then.</summary>
internal sealed class VerifiedToken<TClaims>(VerificationResult<TClaims> result, TrustedIssuer issuer, KeySetSnapshot verifiedWith)
    where TClaims : CognitoTokenClaims
{
    public VerificationResult<TClaims> Result { get; } = result;

    /// <summary>Whether the keys of the issuer are still the same. If not, the token has to be verified again.</summary>
    public bool HasCurrentKeys => ReferenceEquals(issuer.Keys.Current, verifiedWith);
}
