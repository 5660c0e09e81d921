using CognitoM2M.Verification;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tokens;

/// <summary>
/// Verifies a token with JsonWebTokenHandler of Microsoft.IdentityModel, after our verifier has accepted the token. What the application set in
/// TokenValidationParameters can make this verification stricter, but not less strict.
/// </summary>
internal static class SecondVerification
{
    private static readonly JsonWebTokenHandler _handler = new();

    // Keeps the latest 1,000 keys in the form that OpenSSL uses, because bringing a key into this form takes several times as long as a verification. A key
    // is kept by its value, and the verifier is asked for the key of each token, so a key that was withdrawn or replaced is not used.
    private static readonly CryptoProviderFactory _cryptography = new() { CacheSignatureProviders = true };

    /// <summary>Whether delegates of the application decide on tokens. What they decide may change, so they are asked at every use of a token.</summary>
    public static bool AsksApplication(TokenValidationParameters given) =>
        given.LifetimeValidator is not null
        || given.AudienceValidator is not null
        || given.IssuerValidator is not null
        || given.IssuerValidatorUsingConfiguration is not null
        || given.IssuerSigningKeyValidator is not null
        || given.IssuerSigningKeyValidatorUsingConfiguration is not null
        || given.AlgorithmValidator is not null
        || given.TypeValidator is not null
        || given.TokenReplayValidator is not null
        || given.ValidateTokenReplay;

    /// <summary>Creates the parameters for the tokens of one issuer.</summary>
    /// <param name="given">The parameters of the application.</param>
    /// <param name="issuer">The issuer, which our verifier trusts.</param>
    /// <param name="verification">Our verifier, which holds the keys, with its clock.</param>
    public static TokenValidationParameters CreateParameters(TokenValidationParameters given, string issuer, SchemeVerifier verification)
    {
        var parameters = given.Clone();
        UseKeysOf(verification.Verifier, issuer, parameters);
        parameters.ValidateIssuer = true;
        parameters.ValidIssuer = issuer;
        parameters.ValidIssuers = null;
        // Cognito's tokens for machines normally have no audience. It is checked only if the application names the audiences that it accepts.
        parameters.ValidateAudience = given.ValidateAudience && (given.AudienceValidator is not null || NamesAudience(given));
        parameters.ValidateLifetime = true;
        parameters.RequireExpirationTime = true;
        var (now, tolerance) = (verification.Now.UtcDateTime, verification.ClockTolerance);
        parameters.LifetimeValidator = (notBefore, expires, token, _) =>
            expires is { } end
            && now - tolerance < end
            && (notBefore is not { } start || start <= now + tolerance)
            && given.LifetimeValidator?.Invoke(notBefore, expires, token, given) != false;
        return parameters;
    }

    public static Task<TokenValidationResult> VerifyAsync(JsonWebToken token, TokenValidationParameters parameters) => _handler.ValidateTokenAsync(token, parameters);

    private static void UseKeysOf(CognitoAccessTokenVerifier verifier, string issuer, TokenValidationParameters parameters)
    {
        parameters.ConfigurationManager = null;
        parameters.CryptoProviderFactory = _cryptography;
        parameters.IssuerSigningKey = null;
        parameters.IssuerSigningKeys = null;
        parameters.IssuerSigningKeyResolverUsingConfiguration = null;
        parameters.IssuerSigningKeyResolver = (_, _, keyId, _) =>
            verifier.FindHeldKey(issuer, keyId) is { } key ? [new RsaSecurityKey(key) { KeyId = keyId }] : [];
        parameters.RequireSignedTokens = true;
        parameters.SignatureValidator = null;
        parameters.SignatureValidatorUsingConfiguration = null;
        parameters.TokenReader = null;
        parameters.TransformBeforeSignatureValidation = null;
        parameters.TryAllIssuerSigningKeys = false;
        parameters.ValidAlgorithms ??= [SecurityAlgorithms.RsaSha256];
    }

    private static bool NamesAudience(TokenValidationParameters given) =>
        !string.IsNullOrWhiteSpace(given.ValidAudience) || given.ValidAudiences?.Any() == true;
}
