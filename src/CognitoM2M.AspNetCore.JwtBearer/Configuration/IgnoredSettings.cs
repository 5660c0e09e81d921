using Microsoft.AspNetCore.Authentication.JwtBearer;

namespace CognitoM2M.AspNetCore.JwtBearer.Configuration;

/// <summary>Finds settings of JwtBearer that name issuers or keys. They have no effect: the user pools say which issuers and keys are trusted.</summary>
internal static class IgnoredSettings
{
    /// <param name="options">The options of the scheme.</param>
    /// <param name="issuers">The issuers that the verifier trusts. To name one of them is no contradiction.</param>
    public static IEnumerable<string> Find(JwtBearerOptions options, IReadOnlyCollection<string> issuers)
    {
        var given = options.TokenValidationParameters;
        if (IsOther(options.Authority))
            yield return nameof(options.Authority);
        // JwtBearer derives the address of the metadata from the authority.
        if (options.MetadataAddress is { Length: > 0 } metadata && string.IsNullOrEmpty(options.Authority) && !issuers.Any(issuer => metadata.StartsWith(issuer, StringComparison.Ordinal)))
            yield return nameof(options.MetadataAddress);
        if (options.Configuration is not null)
            yield return nameof(options.Configuration);
        if (IsOther(given.ValidIssuer))
            yield return nameof(given.ValidIssuer);
        if (given.ValidIssuers?.Any(IsOther) == true)
            yield return nameof(given.ValidIssuers);
        if (given.IssuerSigningKey is not null)
            yield return nameof(given.IssuerSigningKey);
        if (given.IssuerSigningKeys?.Any() == true)
            yield return nameof(given.IssuerSigningKeys);
        if (given.IssuerSigningKeyResolver is not null || given.IssuerSigningKeyResolverUsingConfiguration is not null)
            yield return nameof(given.IssuerSigningKeyResolver);
        if (given.SignatureValidator is not null || given.SignatureValidatorUsingConfiguration is not null)
            yield return nameof(given.SignatureValidator);

        bool IsOther(string? issuer) => !string.IsNullOrEmpty(issuer) && !issuers.Contains(issuer.TrimEnd('/'), StringComparer.Ordinal) && !issuers.Contains(issuer, StringComparer.Ordinal);
    }
}
