using System.Text;
using System.Text.RegularExpressions;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Settings;

/// <summary>Finds all that is wrong with the options, so that nobody has to mend them one start at a time.</summary>
internal static partial class VerifierOptionsValidator
{
    private static readonly TimeSpan _mostTolerance = TimeSpan.FromMinutes(5);

    public static IReadOnlyList<string> Validate(CognitoAccessTokenVerifierOptions options) =>
    [
        .. PoolErrors(options),
        .. OtherPoolErrors(options),
        .. ScopeErrors(nameof(options.AllOfScopes), options.AllOfScopes),
        .. ScopeErrors(nameof(options.AnyOfScopes), options.AnyOfScopes),
        .. LimitErrors(options),
    ];

    private static IEnumerable<string> OtherPoolErrors(CognitoAccessTokenVerifierOptions options)
    {
        if (options.OtherUserPools is null)
            return ["OtherUserPools must not be null."];

        var errors = options.OtherUserPools.SelectMany((pool, i) =>
            OtherPoolErrors(pool).Select(error => $"OtherUserPools[{i}]: {error}"));

        var twice = options.OtherUserPools.Prepend(options)
            .Where(pool => pool is { Issuer: not null } || pool?.UserPoolId is not null)
            .SelectMany(IssuerForms.Of)
            .GroupBy(issuer => issuer, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return twice is null ? errors : errors.Append($"OtherUserPools: the issuer {Quote.Of(twice.Key)} is given twice; name all of its ClientIds in one place.");
    }

    private static IEnumerable<string> OtherPoolErrors(TrustedUserPool? pool) => pool switch
    {
        null => ["must not be null."],
        // What it demands beyond the pool would hold for nobody.
        CognitoAccessTokenVerifierOptions => [$"must be a {nameof(TrustedUserPool)}; scopes, checks and tolerance stand in the options themselves, for all pools."],
        _ => PoolErrors(pool),
    };

    private static IEnumerable<string> PoolErrors(TrustedUserPool pool)
    {
        if (string.IsNullOrEmpty(pool.UserPoolId))
        {
            if (pool.Issuer is null)
                yield return "UserPoolId is missing; give the id of the user pool, such as eu-west-1_AbCdEf123.";
        }
        else if (pool.UserPoolId.Length > 55 || !UserPoolId().IsMatch(pool.UserPoolId) || !AwsPartition.IsRegionCode(IssuerForms.Region(pool.UserPoolId)))
        {
            yield return $"UserPoolId {Quote.Of(pool.UserPoolId)} is not the id of a user pool, such as eu-west-1_AbCdEf123.";
        }

        if (pool.Issuer is { } issuer && !IsIssuer(issuer))
            yield return $"Issuer {Quote.Of(issuer)} must be an https address (http for loopback alone), written as in the claim iss.";
        if (pool.JwksUri is { } keys && !(keys.IsAbsoluteUri && IsSecure(keys)))
            yield return "JwksUri must be an https address (http for loopback alone), without user name and password.";

        foreach (var error in ClientErrors(pool))
            yield return error;

        if (pool.KeySet is null)
            yield break;
        if (pool.JwksUri is not null)
            yield return "KeySet and JwksUri are both set; set one of them.";
        if (KeySetParser.TryParse(Encoding.UTF8.GetBytes(pool.KeySet), out _) is { } problem)
            yield return $"KeySet cannot be used: {problem}.";
    }

    private static IEnumerable<string> ClientErrors(TrustedUserPool pool)
    {
        if (pool.ClientIds is null)
            yield return "ClientIds must not be null.";
        else if (pool.ClientIds.Count == 0 && !pool.AcceptsAnyClient)
            yield return "ClientIds is empty; name the app clients that may call, or write AnyClient() to accept all of the pool.";
        else if (pool.ClientIds.Count > 0 && pool.AcceptsAnyClient)
            yield return "ClientIds are named and AnyClient() is called; do one of them.";

        foreach (var id in pool.ClientIds ?? [])
        {
            if (string.IsNullOrEmpty(id) || !ClientId().IsMatch(id))
                yield return $"ClientIds: {Quote.Of(id ?? "")} is not the id of an app client, which has 1 to 128 letters and digits.";
        }
    }

    private static IEnumerable<string> ScopeErrors(string property, IList<string> scopes)
    {
        if (scopes is null)
            yield return $"{property} must not be null.";
        else if (scopes.Any(scope => string.IsNullOrEmpty(scope) || !Scope().IsMatch(scope)))
            yield return $"{property}: each entry must be one scope, such as orders/read, without spaces and quotes.";
    }

    private static IEnumerable<string> LimitErrors(CognitoAccessTokenVerifierOptions options)
    {
        if (options.ClockTolerance < TimeSpan.Zero || options.ClockTolerance > _mostTolerance)
            yield return "ClockTolerance must be between zero and 5 minutes.";
        if (options.MaxTokenLength is < 1_024 or > 1_048_576)
            yield return "MaxTokenLength must be between 1,024 and 1,048,576 characters.";
        if (options.RememberedTokens is < 0 or > 1_000_000)
            yield return "RememberedTokens must be between zero and 1,000,000.";
        if (options.Checks is null || options.Checks.Any(check => check is null))
            yield return "Checks must not be null, nor hold a null.";
    }

    // Uri takes no notice of white space around an address; no claim would ever be equal to that.
    private static bool IsIssuer(string issuer) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out var address)
        && IsSecure(address)
        && address.Query.Length + address.Fragment.Length == 0
        && issuer.Trim().Length == issuer.Length;

    private static bool IsSecure(Uri address) =>
        (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback)) && address.UserInfo.Length == 0;

    [GeneratedRegex(@"^[\w-]+_[0-9a-zA-Z]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex UserPoolId();

    [GeneratedRegex(@"^[\w+]{1,128}\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex ClientId();

    // RFC 6749, appendix A.4.
    [GeneratedRegex(@"^[\x21\x23-\x5B\x5D-\x7E]+\z", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Scope();
}
