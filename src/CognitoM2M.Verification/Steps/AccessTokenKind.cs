using System.Text.Json;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Steps;

/// <summary>How access tokens are verified. They are what an API gets with every request, so they have the verification in one pass.</summary>
internal sealed class AccessTokenKind(CognitoAccessTokenVerifierOptions options) : TokenKind<CognitoAccessTokenClaims>
{
    private readonly AccessTokenRules _rules = new(options);

    public override string ClientClaim => AccessTokenReader.ClientClaim;

    public override TokenRejection? ReadClaims(JsonElement payload, TrustedIssuer issuer, out CognitoAccessTokenClaims? claims) =>
        AccessTokenReader.Read(payload, issuer, out claims);

    public override TokenRejection? ApplyRules(CognitoAccessTokenClaims claims, IdTokenBinding? binding, DateTimeOffset now) => _rules.Check(claims, binding, now);

    public override IPlainVerification<CognitoAccessTokenClaims> CreatePlainVerification(TrustedIssuers issuers) => new PlainVerification(issuers);
}
