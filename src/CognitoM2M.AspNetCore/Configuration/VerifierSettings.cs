using CognitoM2M.Verification;

namespace CognitoM2M.AspNetCore.Configuration;

/// <summary>
/// Puts the two ways of naming user pools together: the settings of one user pool that stand directly in the options of a scheme, and the list
/// <c>UserPools</c>.
/// </summary>
internal static class VerifierSettings
{
    /// <summary>The settings of the verifier: the settings of <c>options.Verification</c>, with all user pools.</summary>
    public static CognitoAccessTokenVerifierOptions Create(CognitoM2MAuthenticationOptions options)
    {
        var given = options.Verification;
        return new CognitoAccessTokenVerifierOptions
        {
            UserPools = NamesOwnPool(options) ? [.. given.UserPools ?? [], options.OwnUserPool] : given.UserPools!,
            AcceptedCallers = given.AcceptedCallers,
            AllOfScopes = given.AllOfScopes,
            AnyOfScopes = given.AnyOfScopes,
            AllOfGroups = given.AllOfGroups,
            AnyOfGroups = given.AnyOfGroups,
            PlainHttpHosts = given.PlainHttpHosts,
            ClockTolerance = given.ClockTolerance,
            Checks = given.Checks,
            MaxTokenLength = given.MaxTokenLength,
            VerifiedTokenCacheSize = given.VerifiedTokenCacheSize,
            FindTenant = given.FindTenant,
            TenantLifetime = given.TenantLifetime,
            UnknownTenantLifetime = given.UnknownTenantLifetime,
            MaxTenants = given.MaxTenants,
        };
    }

    /// <summary>The settings of the verifier of ID tokens. The settings about scopes and callers belong to access tokens.</summary>
    public static CognitoIdTokenVerifierOptions CreateForIdTokens(CognitoM2MAuthenticationOptions options)
    {
        var common = Create(options);
        return new CognitoIdTokenVerifierOptions
        {
            UserPools = common.UserPools,
            AllOfGroups = common.AllOfGroups,
            AnyOfGroups = common.AnyOfGroups,
            PlainHttpHosts = common.PlainHttpHosts,
            ClockTolerance = common.ClockTolerance,
            Checks = options.IdTokenChecks,
            MaxTokenLength = common.MaxTokenLength,
            VerifiedTokenCacheSize = common.VerifiedTokenCacheSize,
            FindTenant = common.FindTenant,
            TenantLifetime = common.TenantLifetime,
            UnknownTenantLifetime = common.UnknownTenantLifetime,
            MaxTenants = common.MaxTenants,
        };
    }

    /// <summary>Finds the mistakes, each described by the property that the user set.</summary>
    public static IEnumerable<string> FindErrors(CognitoM2MAuthenticationOptions options)
    {
        // The user pool that stands directly in the options becomes the last of the list. Its errors must not name that place, because the
        // user did not write the list.
        var ownPrefix = NamesOwnPool(options) ? $"UserPools[{options.Verification.UserPools?.Count ?? 0}]." : null;
        return Create(options).Validate().Select(error =>
            ownPrefix is not null && error.StartsWith(ownPrefix, StringComparison.Ordinal) ? error[ownPrefix.Length..] : error);
    }

    // Without any user pool, report the errors of the short form.
    private static bool NamesOwnPool(CognitoM2MAuthenticationOptions options) =>
        options.OwnUserPool is not { UserPoolId: null, Issuer: null, JwksUri: null, Jwks: null, AllowAnyClient: false, ClientIds.Count: 0 }
        || options.Verification is { UserPools.Count: 0, FindTenant: null };
}
