using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Steps;

/// <summary>What a verification in one pass found: the claims of a token with a valid signature, or a rejection.</summary>
internal readonly record struct PlainOutcome<TClaims>(TClaims? Claims, TokenRejection? Rejection, TrustedIssuer Issuer, KeySetSnapshot Keys)
    where TClaims : CognitoTokenClaims;
