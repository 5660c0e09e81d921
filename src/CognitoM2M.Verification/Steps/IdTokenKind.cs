using System.Text.Json;
using CognitoM2M.Verification.Claims;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Steps;

/// <summary>How ID tokens are verified.</summary>
internal sealed class IdTokenKind(CognitoIdTokenVerifierOptions options) : TokenKind<CognitoIdTokenClaims>
{
    private readonly IdTokenRules _rules = new(options);

    public override string ClientClaim => IdTokenReader.ClientClaim;

    public override TokenRejection? ReadClaims(JsonElement payload, TrustedIssuer issuer, out CognitoIdTokenClaims? claims) =>
        IdTokenReader.Read(payload, issuer, out claims);

    public override TokenRejection? ApplyRules(CognitoIdTokenClaims claims, IdTokenBinding? binding, DateTimeOffset now) => _rules.Check(claims, binding, now);
}
