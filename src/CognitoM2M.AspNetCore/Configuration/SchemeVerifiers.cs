using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>The verifiers of one scheme. They share their key sets.</summary>
/// <param name="AccessTokens">The verifier of access tokens, to which the key sets belong.</param>
/// <param name="IdTokens">The verifier of ID tokens; null if the scheme does not accept them.</param>
internal sealed record SchemeVerifiers(CognitoAccessTokenVerifier AccessTokens, CognitoIdTokenVerifier? IdTokens);
