using CognitoM2M.Verification.Diagnostics;

namespace CognitoM2M.Verification.Claims;

/// <summary>
/// The rules that are applied at every use of a token, also of a token from the cache: the time, the groups, what differs between the two kinds of tokens,
/// and the checks of the application.
/// </summary>
/// <param name="options">The settings that both kinds have.</param>
/// <param name="checks">The checks of the application.</param>
internal abstract class ClaimRules<TClaims>(CognitoTokenVerifierOptions options, IEnumerable<Func<TClaims, string?>> checks)
    where TClaims : CognitoTokenClaims
{
    private readonly TimeSpan _tolerance = options.ClockTolerance;
    private readonly string[] _allOfGroups = [.. options.AllOfGroups];
    private readonly string[] _anyOfGroups = [.. options.AnyOfGroups];
    private readonly Func<TClaims, string?>[] _checks = [.. checks];

    /// <summary>Applies the rules.</summary>
    /// <param name="claims">Claims of a token whose signature was verified.</param>
    /// <param name="binding">What an ID token has to belong to; null for nothing.</param>
    /// <param name="now">The time.</param>
    /// <returns>Why the token is rejected; null if it is accepted.</returns>
    public TokenRejection? Check(TClaims claims, IdTokenBinding? binding, DateTimeOffset now)
    {
        if (now - _tolerance >= claims.ExpiresAt)
            return Reject(claims, TokenRejectionReason.Expired, $"an exp after {now:O}{DescribeTolerance()}", $"{claims.ExpiresAt:O}");
        if (now + _tolerance < claims.NotBefore)
            return Reject(claims, TokenRejectionReason.NotYetValid, $"an nbf not after {now:O}{DescribeTolerance()}", $"{claims.NotBefore:O}");

        return CheckKind(claims, binding) ?? CheckGroups(claims) ?? CheckApplication(claims);
    }

    /// <summary>Applies the rules of the kind of token.</summary>
    private protected abstract TokenRejection? CheckKind(TClaims claims, IdTokenBinding? binding);

    private protected static TokenRejection Reject(TClaims claims, TokenRejectionReason reason, string expected, string actual) =>
        new(reason, expected, actual) { ClientId = claims.ClientId };

    /// <summary>Whether a token has all of the texts, and one of the others if there are others. Runs for every request, and must not allocate.</summary>
    private protected static TokenRejection? CheckTexts(
        TClaims claims, string[] allOf, string[] anyOf, IReadOnlyList<string> held, Func<TClaims, string, bool> has, TokenRejectionReason reason, string what)
    {
        foreach (var text in allOf)
        {
            if (!has(claims, text))
                return Reject(claims, reason, $"all {what}s of {SafeText.QuoteSome(allOf)}", Describe(held));
        }

        if (anyOf.Length == 0)
            return null;
        foreach (var text in anyOf)
        {
            if (has(claims, text))
                return null;
        }

        return Reject(claims, reason, $"one {what} of {SafeText.QuoteSome(anyOf)}", Describe(held));
    }

    private TokenRejection? CheckGroups(TClaims claims) =>
        CheckTexts(claims, _allOfGroups, _anyOfGroups, claims.Groups, static (one, group) => one.HasGroup(group), TokenRejectionReason.GroupMissing, "group");

    private TokenRejection? CheckApplication(TClaims claims)
    {
        foreach (var check in _checks)
        {
            if (check(claims) is { } problem)
                return Reject(claims, TokenRejectionReason.CheckFailed, "a token that passes the checks of this application", SafeText.Quote(problem));
        }

        return null;
    }

    private string DescribeTolerance() => _tolerance == TimeSpan.Zero ? "" : $" (tolerance {_tolerance})";

    private static string Describe(IReadOnlyList<string> held) => held.Count == 0 ? "none" : SafeText.QuoteSome(held);
}
