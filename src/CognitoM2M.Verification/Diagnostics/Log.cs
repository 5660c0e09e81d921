using Microsoft.Extensions.Logging;

namespace CognitoM2M.Verification.Diagnostics;

/// <summary>
/// Every message that this package logs: all of them are about key sets and tenants. Tokens are never logged, and verdicts are returned to the caller,
/// who may log them.
/// </summary>
internal static partial class Log
{
    /// <summary>Expected at the first download and after a key rotation.</summary>
    [LoggerMessage(1, LogLevel.Information, "New keys were downloaded from {JwksUri}. {UsableKeys} keys can verify tokens now.")]
    public static partial void KeysChanged(ILogger logger, Uri jwksUri, int usableKeys);

    /// <summary>The end of events 2, 3 or 4.</summary>
    [LoggerMessage(5, LogLevel.Information, "Key set {JwksUri}: the download works again. The keys have not changed.")]
    public static partial void DownloadRecovered(ILogger logger, Uri jwksUri);

    /// <summary>No token is affected yet. Tokens with a new key are rejected while this lasts.</summary>
    [LoggerMessage(2, LogLevel.Warning, "Key set {JwksUri} could not be downloaded again: {Problem}. The {UsableKeys} keys from the last download stay in use. If this lasts, check that this host can reach the address (firewall, proxy, security group). This is logged once per outage.")]
    public static partial void RefreshFailed(ILogger logger, Exception? cause, Uri jwksUri, string problem, int usableKeys);

    /// <summary>An API answers tokens of this issuer with 503 now. Do what the message says.</summary>
    [LoggerMessage(3, LogLevel.Error, "Key set {JwksUri} could not be downloaded: {Problem}. No token of this issuer can be verified until a download succeeds. Check that the user pool exists and that this host can reach the address (firewall, proxy, security group). Next attempt in {RetryIn} at the earliest. This is logged once per outage.")]
    public static partial void NoKeys(ILogger logger, Exception? cause, Uri jwksUri, string problem, TimeSpan retryIn);

    /// <summary>If the user pool uses the second form of issuer, check that this host can reach the address.</summary>
    [LoggerMessage(4, LogLevel.Warning, "Key set {JwksUri} could not be downloaded: {Problem}. It belongs to the second form of issuer of the user pool, and is requested if the first form has no keys, or if a token names the second form; anybody can write such a token. If the user pool uses the first form, nothing needs to be done.")]
    public static partial void NoKeysAtSecondIssuer(ILogger logger, Exception? cause, Uri jwksUri, string problem);

    /// <summary>Use https, unless this host is the emulator or is in a network that you trust.</summary>
    [LoggerMessage(6, LogLevel.Warning, "Keys are downloaded from {Host} over plain http (PlainHttpHosts). They travel unprotected: a machine on the way can put its own keys in their place, and then make tokens that are accepted.")]
    public static partial void PlainHttpKeys(ILogger logger, string host);

    /// <summary>Check the code that FindTenant calls, and the store behind it.</summary>
    [LoggerMessage(7, LogLevel.Warning, "FindTenant did not answer: {Problem}. Tenants that had a valid token stay trusted for a time. Tokens of other tenants cannot be verified. This is logged at most once in 10 seconds.")]
    public static partial void ResolverFailed(ILogger logger, Exception? cause, string problem);

    /// <summary>Correct the stored settings of this tenant. The message lists every error.</summary>
    [LoggerMessage(8, LogLevel.Error, "The user pool that FindTenant returned for the issuer {Issuer} cannot be used. Tokens of this tenant are rejected. {Errors} This is logged at most once in 10 seconds.")]
    public static partial void TenantNotValid(ILogger logger, string issuer, string errors);
}
