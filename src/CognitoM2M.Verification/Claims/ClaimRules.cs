using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Claims;

/// <summary>
/// The rules that are applied at every use of a token, also of a token from the cache: the time, the scopes, and the checks of the application.
/// </summary>
internal sealed class ClaimRules
{
    private readonly TimeSpan _tolerance;
    private readonly string[] _allOfScopes;
    private readonly string[] _anyOfScopes;
    private readonly Func<CognitoAccessTokenClaims, string?>[] _checks;

    public ClaimRules(CognitoAccessTokenVerifierOptions options)
    {
        _tolerance = options.ClockTolerance;
        _allOfScopes = [.. options.AllOfScopes];
        _anyOfScopes = [.. options.AnyOfScopes];
        _checks = [.. options.Checks];
    }

    /// <summary>Applies the rules.</summary>
    /// <returns>Why the token is rejected; null if it is accepted.</returns>
    public TokenRejection? Check(CognitoAccessTokenClaims claims, DateTimeOffset now)
    {
        if (now - _tolerance >= claims.ExpiresAt)
            return Reject(claims, TokenRejectionReason.Expired, $"an exp after {now:O}{DescribeTolerance()}", $"{claims.ExpiresAt:O}");
        if (now + _tolerance < claims.NotBefore)
            return Reject(claims, TokenRejectionReason.NotYetValid, $"an nbf not after {now:O}{DescribeTolerance()}", $"{claims.NotBefore:O}");

        return CheckScopes(claims) ?? CheckApplication(claims);
    }

    // Loops and no LINQ: this runs for every request, and must not allocate.
    private TokenRejection? CheckScopes(CognitoAccessTokenClaims claims)
    {
        foreach (var scope in _allOfScopes)
        {
            if (!claims.HasScope(scope))
                return Reject(claims, TokenRejectionReason.ScopeMissing, $"all scopes of {SafeText.QuoteSome(_allOfScopes)}", DescribeScopes(claims));
        }

        if (_anyOfScopes.Length == 0)
            return null;
        foreach (var scope in _anyOfScopes)
        {
            if (claims.HasScope(scope))
                return null;
        }

        return Reject(claims, TokenRejectionReason.ScopeMissing, $"one scope of {SafeText.QuoteSome(_anyOfScopes)}", DescribeScopes(claims));
    }

    private TokenRejection? CheckApplication(CognitoAccessTokenClaims claims)
    {
        foreach (var check in _checks)
        {
            if (check(claims) is { } problem)
                return Reject(claims, TokenRejectionReason.CheckFailed, "a token that passes the checks of this application", SafeText.Quote(problem));
        }

        return null;
    }

    private static TokenRejection Reject(CognitoAccessTokenClaims claims, TokenRejectionReason reason, string expected, string actual) =>
        new(reason, expected, actual) { ClientId = claims.ClientId };

    private string DescribeTolerance() => _tolerance == TimeSpan.Zero ? "" : $" (tolerance {_tolerance})";

    private static string DescribeScopes(CognitoAccessTokenClaims claims) => claims.Scopes.Count == 0 ? "none" : SafeText.QuoteSome(claims.Scopes);
}
