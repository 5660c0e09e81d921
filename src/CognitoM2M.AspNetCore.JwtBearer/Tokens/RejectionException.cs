using CognitoM2M.Verification;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tokens;

/// <summary>
/// Creates the exception for a rejected token. Where Microsoft.IdentityModel has an exception for the same reason, its type is used, because events of
/// applications and the challenge of JwtBearer know these types. The messages contain no part of the token except single claims, shortened.
/// </summary>
internal static class RejectionException
{
    public static Exception Create(TokenRejection rejection, string token)
    {
        var rejected = new CognitoTokenRejectedException(rejection);
        var message = rejection.Message;
        return rejection.Reason switch
        {
            // The token was read and its signature verified before its times were checked, so it can be read again.
            TokenRejectionReason.Expired => new SecurityTokenExpiredException(message, rejected) { Expires = new JsonWebToken(token).ValidTo },
            TokenRejectionReason.NotYetValid => new SecurityTokenNotYetValidException(message, rejected) { NotBefore = new JsonWebToken(token).ValidFrom },
            TokenRejectionReason.AlgorithmNotAllowed => new SecurityTokenInvalidAlgorithmException(message, rejected),
            TokenRejectionReason.IssuerNotTrusted => new SecurityTokenInvalidIssuerException(message, rejected),
            TokenRejectionReason.KeyNotFound => new SecurityTokenSignatureKeyNotFoundException(message, rejected),
            TokenRejectionReason.KeyNotUsable => new SecurityTokenInvalidSigningKeyException(message, rejected),
            TokenRejectionReason.SignatureNotValid => new SecurityTokenInvalidSignatureException(message, rejected),
            _ => rejected,
        };
    }
}
