using System.Text.Json;
using CognitoM2M.Verification.Issuers;

namespace CognitoM2M.Verification.Steps;

/// <summary>What differs between the verification of access tokens and of ID tokens.</summary>
internal abstract class TokenKind<TClaims>
    where TClaims : CognitoTokenClaims
{
    /// <summary>The claim that names the app client.</summary>
    public abstract string ClientClaim { get; }

    /// <summary>Reads the claims of a payload whose signature was verified.</summary>
    /// <returns>Why the claims are not accepted; null if they are.</returns>
    public abstract TokenRejection? ReadClaims(JsonElement payload, TrustedIssuer issuer, out TClaims? claims);

    /// <summary>Applies the rules that are applied at every use of a token.</summary>
    /// <returns>Why the token is rejected; null if it is accepted.</returns>
    public abstract TokenRejection? ApplyRules(TClaims claims, IdTokenBinding? binding, DateTimeOffset now);

    /// <summary>Creates the verification in one pass; null if every token takes all steps.</summary>
    public virtual IPlainVerification<TClaims>? CreatePlainVerification(TrustedIssuers issuers) => null;
}
