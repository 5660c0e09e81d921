using System.Diagnostics.CodeAnalysis;
using System.Text;
using CognitoM2M.Shared;
using CognitoM2M.Verification.Diagnostics;
using CognitoM2M.Verification.Issuers;
using CognitoM2M.Verification.Keys;

namespace CognitoM2M.Verification.Settings;

/// <summary>Finds every mistake in the options, so that the user can correct all of them at once.</summary>
internal static class VerifierOptionsValidator
{
    private const string HostSetting = nameof(CognitoTokenVerifierOptions.PlainHttpHosts);
    private const string UserPoolIdExample = "eu-west-1_AbCdEf123";

    private static readonly TimeSpan _second = TimeSpan.FromSeconds(1);

    public static IReadOnlyList<string> Validate(CognitoAccessTokenVerifierOptions options) =>
    [
        .. FindCommonErrors(options),
        .. FindScopeErrors(nameof(options.AllOfScopes), options.AllOfScopes),
        .. FindScopeErrors(nameof(options.AnyOfScopes), options.AnyOfScopes),
        .. Enum.IsDefined(options.AcceptedCallers) ? (string[])[] : ["AcceptedCallers must be MachinesAndUsers, Machines or Users."],
        .. FindCheckErrors(options.Checks),
    ];

    public static IReadOnlyList<string> Validate(CognitoIdTokenVerifierOptions options) => [.. FindCommonErrors(options), .. FindCheckErrors(options.Checks)];

    /// <summary>Finds the mistakes in a user pool that the application named at run time.</summary>
    public static IReadOnlyList<string> ValidateTenant(TrustedUserPool pool, CognitoTokenVerifierOptions options) =>
        [.. FindPoolListErrors([pool], mayBeEmpty: false, new PlainHttpHosts(options.PlainHttpHosts))];

    private static IEnumerable<string> FindCommonErrors(CognitoTokenVerifierOptions options) =>
    [
        .. FindPoolListErrors(options.UserPools, mayBeEmpty: options.FindTenant is not null, new PlainHttpHosts(options.PlainHttpHosts ?? [])),
        .. FindHostErrors(options.PlainHttpHosts),
        .. FindGroupErrors(nameof(options.AllOfGroups), options.AllOfGroups),
        .. FindGroupErrors(nameof(options.AnyOfGroups), options.AnyOfGroups),
        .. FindLimitErrors(options),
    ];

    private static IEnumerable<string> FindPoolListErrors(IList<TrustedUserPool>? pools, bool mayBeEmpty, PlainHttpHosts plainHttpHosts)
    {
        if (pools is null)
            return ["UserPools must not be null."];
        if (pools.Count == 0 && !mayBeEmpty)
            return ["UserPools is empty. Add a TrustedUserPool with the id of your user pool."];

        var errors = pools.SelectMany((pool, i) =>
            pool is null ? [$"UserPools[{i}] must not be null."] : FindPoolErrors(pool, plainHttpHosts).Select(error => $"UserPools[{i}].{error}"));
        var repeated = pools
            .Where(pool => pool is { Issuer: not null } or { UserPoolId.Length: > 0 })
            .SelectMany(IssuerForms.List)
            .GroupBy(issuer => issuer, StringComparer.Ordinal)
            .FirstOrDefault(group => group.Count() > 1);
        return repeated is null ? errors : errors.Append($"UserPools: two entries have the issuer {SafeText.Quote(repeated.Key)}. Put all of its ClientIds into one entry.");
    }

    /// <summary>Each error begins with the name of a property of the pool.</summary>
    private static IEnumerable<string> FindPoolErrors(TrustedUserPool pool, PlainHttpHosts plainHttpHosts)
    {
        if (string.IsNullOrEmpty(pool.UserPoolId))
        {
            if (pool.Issuer is null)
                yield return $"UserPoolId is missing. Set it to the id of the user pool, such as {UserPoolIdExample}.";
        }
        else if (!CognitoNames.IsUserPoolId(pool.UserPoolId))
        {
            yield return $"UserPoolId {SafeText.Quote(pool.UserPoolId)} is not the id of a user pool. An id looks like {UserPoolIdExample}.";
        }

        if (pool.Issuer is { } issuer && FindIssuerError(issuer, plainHttpHosts) is { } issuerError)
            yield return $"Issuer {SafeText.Quote(issuer)} {issuerError}";
        if (pool.JwksUri is { } jwksUri && WebAddress.FindError(jwksUri, plainHttpHosts, HostSetting) is { } addressError)
            yield return $"JwksUri {addressError}";

        foreach (var error in FindClientErrors(pool))
            yield return error;

        if (pool.Jwks is null)
            yield break;
        if (pool.JwksUri is not null)
            yield return "Jwks and JwksUri are both set. Remove one of them.";
        if (KeySetParser.Parse(Encoding.UTF8.GetBytes(pool.Jwks), out _) is { } problem)
            yield return $"Jwks cannot be used: {problem}.";
    }

    private static IEnumerable<string> FindClientErrors(TrustedUserPool pool)
    {
        if (pool.ClientIds is null)
            yield return "ClientIds must not be null.";
        else if (pool.ClientIds.Count == 0 && !pool.AllowAnyClient)
            yield return "ClientIds is empty. Add the ids of the app clients that may call, or set AllowAnyClient to true to accept every app client of the user pool.";
        else if (pool.ClientIds.Count > 0 && pool.AllowAnyClient)
            yield return "ClientIds has entries although AllowAnyClient is true. Remove the entries, or set AllowAnyClient to false.";

        foreach (var id in pool.ClientIds ?? [])
        {
            if (!CognitoNames.IsClientId(id))
                yield return $"ClientIds: {SafeText.Quote(id ?? "")} is not the id of an app client. An id has 1 to {CognitoNames.MaxClientIdLength} letters and digits.";
        }
    }

    private static IEnumerable<string> FindScopeErrors(string property, IList<string>? scopes) =>
        scopes is null
            ? [$"{property} must not be null."]
            : scopes.Where(scope => !CognitoNames.IsScope(scope))
                .Select(scope => $"{property}: {SafeText.Quote(scope ?? "")} is not a scope. Write each scope as an entry of its own, such as orders/read.");

    private static IEnumerable<string> FindLimitErrors(CognitoTokenVerifierOptions options)
    {
        if (options.ClockTolerance < TimeSpan.Zero || options.ClockTolerance > VerificationLimits.MaxClockTolerance)
            yield return "ClockTolerance must be between zero and 5 minutes.";
        if (options.MaxTokenLength is < VerificationLimits.MinTokenLength or > VerificationLimits.MaxTokenLength)
            yield return "MaxTokenLength must be between 1,024 and 1,048,576 characters.";
        if (options.VerifiedTokenCacheSize is < 0 or > 1_000_000)
            yield return "VerifiedTokenCacheSize must be between zero and 1,000,000.";
        if (options.TenantLifetime < _second || options.TenantLifetime > TimeSpan.FromDays(1))
            yield return "TenantLifetime must be between 1 second and 1 day.";
        if (options.UnknownTenantLifetime < _second || options.UnknownTenantLifetime > TimeSpan.FromHours(1))
            yield return "UnknownTenantLifetime must be between 1 second and 1 hour.";
        if (options.MaxTenants is < 1 or > 100_000)
            yield return "MaxTenants must be between 1 and 100,000.";
    }

    private static string[] FindCheckErrors<TCheck>(IList<TCheck>? checks)
        where TCheck : class =>
        checks is null || checks.Any(check => check is null) ? ["Checks must not be null, and must not contain null."] : [];

    private static IEnumerable<string> FindGroupErrors(string property, IList<string>? groups) =>
        groups is null
            ? [$"{property} must not be null."]
            : groups.Where(group => !CognitoNames.IsGroupName(group))
                .Select(group => $"{property}: {SafeText.Quote(group ?? "")} is not the name of a group. A name has 1 to {CognitoNames.MaxGroupNameLength} characters and no white space.");

    private static IEnumerable<string> FindHostErrors(IList<string>? hosts) => hosts is null
        ? [$"{HostSetting} must not be null. To require https, leave it empty."]
        : hosts.Select(host => (Host: host, Error: HostEntry.FindError(host)))
            .Where(entry => entry.Error is not null)
            .Select(entry => $"{HostSetting}: {SafeText.Quote(entry.Host ?? "")} {entry.Error}");

    private static string? FindIssuerError(string issuer, PlainHttpHosts plainHttpHosts) =>
        IsIssuer(issuer, out var address)
            ? WebAddress.FindError(address, plainHttpHosts, HostSetting)
            : "is not an issuer. Write it exactly as in the claim iss: an https address (or http to loopback) without query.";

    // Uri ignores white space around an address, but a claim with white space would never equal the issuer.
    private static bool IsIssuer(string issuer, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(issuer, UriKind.Absolute, out address)
        && address.UserInfo.Length + address.Query.Length + address.Fragment.Length == 0
        && issuer.Trim().Length == issuer.Length;
}
