using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace CognitoM2M.Verification.Claims;

/// <summary>The rules for ID tokens: the token belongs to the authentication request and to the access token.</summary>
internal sealed class IdTokenRules(CognitoIdTokenVerifierOptions options) : ClaimRules<CognitoIdTokenClaims>(options, options.Checks)
{
    private protected override TokenRejection? CheckKind(CognitoIdTokenClaims claims, IdTokenBinding? binding) =>
        binding is null ? null : CheckNonce(claims, binding.Nonce) ?? CheckAccessToken(claims, binding.AccessToken);

    // The expected values stay out of the messages: a nonce is a secret of the session, and the hash belongs to a token.
    private static TokenRejection? CheckNonce(CognitoIdTokenClaims claims, string? nonce) =>
        nonce is null || claims.Nonce == nonce
            ? null
            : Reject(claims, TokenRejectionReason.NonceNotValid, "the nonce of the authentication request", claims.Nonce is null ? "none" : "another nonce");

    private static TokenRejection? CheckAccessToken(CognitoIdTokenClaims claims, string? accessToken) =>
        accessToken is null || claims.AccessTokenHash == Hash(accessToken)
            ? null
            : Reject(claims, TokenRejectionReason.AccessTokenHashNotValid, "an at_hash of the access token", claims.AccessTokenHash is null ? "none" : "another hash");

    // OpenID Connect Core, section 3.1.3.6: the left half of the hash, with the hash function of RS256.
    private static string Hash(string accessToken) =>
        Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(accessToken)).AsSpan(..(SHA256.HashSizeInBytes / 2)));
}
