using System.Runtime.CompilerServices;
using System.Security.Claims;
using CognitoM2M.AspNetCore.Authentication;
using CognitoM2M.AspNetCore.JwtBearer.Diagnostics;
using CognitoM2M.Verification;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.AspNetCore.JwtBearer.Tokens;

/// <summary>
/// Verifies the tokens of one scheme of JwtBearer. Our verifier decides first. A token that it accepts is also verified by JsonWebTokenHandler,
/// unless both have accepted this token before.
/// </summary>
internal sealed class VerifierTokenHandler(SchemeVerifier verification, ILogger logger) : TokenHandler
{
    // As long as the verifier keeps a verified token, it returns the same claims object for this token. It forgets the token when the keys
    // change, and then both verify it again.
    private readonly ConditionalWeakTable<CognitoAccessTokenClaims, JsonWebToken> _accepted = [];

    /// <inheritdoc/>
    public override SecurityToken ReadToken(string token) => new JsonWebToken(token);

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(SecurityToken token, TokenValidationParameters validationParameters) =>
        ValidateTokenAsync((token as JsonWebToken)?.EncodedToken ?? "", validationParameters);

    /// <inheritdoc/>
    public override Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var verdict = verification.Verifier.VerifyWithHeldKeys(token);
        return verdict is { IsValid: true } && _accepted.TryGetValue(verdict.Claims, out var known) && !IsVerifiedAtEveryUse(validationParameters)
            ? Task.FromResult(Accept(known, verdict.Claims, validationParameters))
            : ValidateFirstUseAsync(token, verdict, validationParameters);
    }

    private static string FindNameType(TokenValidationParameters given, JsonWebToken token, string issuer) =>
        given.NameClaimTypeRetriever is { } find ? find(token, issuer)
        : given.NameClaimType == ClaimsIdentity.DefaultNameClaimType ? CognitoM2MAuthenticationDefaults.ClientIdClaimType
        : given.NameClaimType;

    private static string FindRoleType(TokenValidationParameters given, JsonWebToken token, string issuer) =>
        given.RoleClaimTypeRetriever is { } find ? find(token, issuer)
        : given.RoleClaimType == ClaimsIdentity.DefaultRoleClaimType ? CognitoM2MAuthenticationDefaults.GroupsClaimType
        : given.RoleClaimType;

    private async Task<TokenValidationResult> ValidateFirstUseAsync(string token, VerificationResult<CognitoAccessTokenClaims>? verdict, TokenValidationParameters given)
    {
        verdict ??= await verification.Verifier.VerifyAsync(token).ConfigureAwait(false);
        if (!verdict.IsValid)
            return new TokenValidationResult { Exception = RejectionException.Create(verdict.Rejection, token) };

        var parsed = new JsonWebToken(token);
        if (verification.VerifiesTwice && await FindSecondFailureAsync(parsed, verdict.Claims, given).ConfigureAwait(false) is { } failure)
        {
            Log.RejectedBySecondVerification(logger, verification.Scheme, failure.GetType().Name);
            return new TokenValidationResult { Exception = failure };
        }

        _accepted.AddOrUpdate(verdict.Claims, parsed);
        return Accept(parsed, verdict.Claims, given);
    }

    private async Task<Exception?> FindSecondFailureAsync(JsonWebToken token, CognitoAccessTokenClaims claims, TokenValidationParameters given)
    {
        var parameters = SecondVerification.CreateParameters(given, claims.Issuer, verification);
        var result = await SecondVerification.VerifyAsync(token, parameters).ConfigureAwait(false);
        return result.IsValid ? null : result.Exception;
    }

    private TokenValidationResult Accept(JsonWebToken token, CognitoAccessTokenClaims claims, TokenValidationParameters given)
    {
        var identity = CognitoIdentity.CreateIdentity(
            claims,
            verification.Scheme,
            given.AuthenticationType ?? verification.Scheme,
            FindNameType(given, token, claims.Issuer),
            FindRoleType(given, token, claims.Issuer));
        if (given.SaveSigninToken)
            identity.BootstrapContext = token.EncodedToken;
        return new TokenValidationResult { IsValid = true, ClaimsIdentity = identity, SecurityToken = token, Issuer = claims.Issuer, TokenType = token.Typ };
    }

    private bool IsVerifiedAtEveryUse(TokenValidationParameters given) => SecondVerification.AsksApplication(given) && verification.VerifiesTwice;
}
