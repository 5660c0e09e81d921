namespace CognitoM2M.Verification;

/// <summary>Names of the meter and its instruments, and of the log category, of this package.</summary>
/// <remarks>
/// Tags: <c>cognito_m2m.issuer</c> is the issuer of a token if it is one that the options name, <c>tenant</c> if
/// <see cref="CognitoTokenVerifierOptions.FindTenant"/> named it, else <c>other</c>. <c>cognito_m2m.reason</c> is
/// <c>accepted</c>, or why the token was rejected: the name of a <see cref="TokenRejectionReason"/>, written like <c>issuer_not_trusted</c>.
/// No tag has a value that only a token names.
/// </remarks>
public static class CognitoVerificationDiagnostics
{
    /// <summary>The meter.</summary>
    public const string MeterName = "CognitoM2M.Verification";

    /// <summary>The category of the log messages, which are all about key sets. Verdicts are not logged.</summary>
    public const string LogCategoryName = "CognitoM2M.Verification";

    /// <summary>Counter <c>{token}</c>: verdicts on tokens. Tags: <c>cognito_m2m.reason</c>, <c>cognito_m2m.issuer</c>.</summary>
    public const string Verdicts = "cognito_m2m.verification.verdicts";

    /// <summary>
    /// Counter <c>{token}</c>: tokens that the cache of verified tokens held, so that their signature was not checked again. Tag:
    /// <c>cognito_m2m.issuer</c>.
    /// </summary>
    public const string CacheHits = "cognito_m2m.verification.cache_hits";

    /// <summary>
    /// Histogram <c>s</c>: how long a download of a key set took. Its count is the number of downloads. Tags: <c>cognito_m2m.jwks_uri</c>;
    /// <c>error.type</c> if the download failed.
    /// </summary>
    public const string KeySetFetchDuration = "cognito_m2m.key_set.fetch.duration";

    /// <summary>Gauge <c>s</c>: how long ago the keys of an issuer were downloaded. Issuers without keys are left out. Tag: <c>cognito_m2m.issuer</c>.</summary>
    public const string KeySetAge = "cognito_m2m.key_set.age";
}
