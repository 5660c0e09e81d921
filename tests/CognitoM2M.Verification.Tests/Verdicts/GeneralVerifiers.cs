using System.IdentityModel.Tokens.Jwt;
using CognitoM2M.Testing.Verdicts;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CognitoM2M.Verification.Tests.Verdicts;

/// <summary>
/// The two token handlers of Microsoft.IdentityModel, set up as strictly as their settings allow for a general verifier: a signature is required, the
/// key is found by issuer and kid, and issuer and times are checked against the clock of the test. The audience of ID tokens is checked, too. They do not
/// know the claims of Cognito, such as token_use, client_id and scope.
/// </summary>
internal static class GeneralVerifiers
{
    /// <summary>Whether the handler accepts the token of a case.</summary>
    public static async Task<bool> AcceptsAsync(string handler, VerdictCase verdict)
    {
        try
        {
            if (handler == nameof(JwtSecurityTokenHandler))
            {
                new JwtSecurityTokenHandler { MaximumTokenSizeInBytes = 1_000_000 }.ValidateToken(verdict.Token, CreateParameters(verdict), out _);
                return true;
            }

            return (await new JsonWebTokenHandler { MaximumTokenSizeInBytes = 1_000_000 }.ValidateTokenAsync(verdict.Token, CreateParameters(verdict))).IsValid;
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A handler that throws does not accept the token.
            return false;
        }
    }

    private static TokenValidationParameters CreateParameters(VerdictCase verdict)
    {
        var now = verdict.CreateClock().GetUtcNow().UtcDateTime;
        var keySets = new Dictionary<string, string> { [TestToken.Issuer] = verdict.KeySet, [TestToken.UpdatedIssuer] = verdict.KeySet };
        if (verdict.OtherKeySet is { } others)
            keySets[TestToken.OtherIssuer] = others;

        return new TokenValidationParameters
        {
            ValidIssuers = keySets.Keys,
            ValidateAudience = verdict.IsIdToken,
            AudienceValidator = verdict.IsIdToken ? (audiences, token, _) => IsForClient(verdict, audiences, token.Issuer) : null,
            // The default factory caches by kid, and would mix up keys of different cases.
            CryptoProviderFactory = new CryptoProviderFactory { CacheSignatureProviders = false },
            RequireExpirationTime = true,
            RequireSignedTokens = true,
            IssuerSigningKeyResolver = (_, token, kid, _) =>
                keySets.TryGetValue(token.Issuer, out var keySet) ? new JsonWebKeySet(keySet).GetSigningKeys().Where(key => key.KeyId == kid) : [],
            LifetimeValidator = (from, until, _, _) => now - verdict.Tolerance < until && (from is null || from <= now + verdict.Tolerance),
        };
    }

    // Each user pool has its own app clients.
    private static bool IsForClient(VerdictCase verdict, IEnumerable<string> audiences, string issuer) =>
        verdict.ClientIds is null
        || audiences.Any(audience => issuer == TestToken.OtherIssuer ? audience == TestToken.OtherClientId : verdict.ClientIds.Contains(audience));
}
