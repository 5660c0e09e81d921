namespace CognitoM2M.Shared;

/// <summary>The addresses that Cognito gives a region, a user pool and a domain.</summary>
internal static class CognitoAddresses
{
    /// <summary>The user pools API of a region.</summary>
    public static Uri Service(string region, bool useFips) =>
        new($"https://cognito-idp{FipsMark(region, useFips)}.{region}.{AwsPartition.DnsSuffix(region)}/");

    /// <summary>The token endpoint of a domain: a prefix, or the host name of a custom domain, which has dots. Only a prefix needs the region.</summary>
    public static Uri DomainTokenEndpoint(string domain, string? region, bool useFips) => domain.Contains('.', StringComparison.Ordinal)
        ? CustomDomainTokenEndpoint(domain)
        : PrefixDomainTokenEndpoint(domain, region!, useFips);

    /// <summary>The token endpoint of a prefix domain. The region must be one with known prefix domains.</summary>
    public static Uri PrefixDomainTokenEndpoint(string prefix, string region, bool useFips) =>
        new($"https://{prefix}.auth{FipsMark(region, useFips)}.{region}.amazoncognito.com/oauth2/token");

    /// <summary>The token endpoint of a custom domain.</summary>
    public static Uri CustomDomainTokenEndpoint(string domain) => new($"https://{domain}/oauth2/token");

    /// <summary>The issuer (claim <c>iss</c>) of a user pool's tokens.</summary>
    /// <param name="userPoolId">The id of the user pool.</param>
    /// <param name="isUpdatedForm">Whether the pool's issuer type is UPDATED, as multi-region replication needs.</param>
    public static string Issuer(string userPoolId, bool isUpdatedForm) => Issuer(userPoolId, isUpdatedForm, AwsPartition.DnsSuffix(CognitoNames.RegionOfUserPool(userPoolId)));

    /// <summary>Every issuer that Cognito may write into the tokens of a user pool, the usual one first.</summary>
    public static IEnumerable<string> Issuers(string userPoolId)
    {
        // Outside the commercial partition AWS does not document which of the two suffixes Cognito writes. Both belong to Amazon.
        var partitionSuffix = AwsPartition.DnsSuffix(CognitoNames.RegionOfUserPool(userPoolId));
        return new[] { partitionSuffix, "amazonaws.com" }.Distinct(StringComparer.Ordinal).SelectMany(suffix => new[]
        {
            Issuer(userPoolId, isUpdatedForm: false, suffix),
            Issuer(userPoolId, isUpdatedForm: true, suffix),
        });
    }

    /// <summary>The same issuer with another host suffix: outside the commercial partition AWS does not document which suffix Cognito writes.</summary>
    public static string Issuer(string userPoolId, bool isUpdatedForm, string dnsSuffix) =>
        $"https://{(isUpdatedForm ? "issuer-cognito-idp" : "cognito-idp")}.{CognitoNames.RegionOfUserPool(userPoolId)}.{dnsSuffix}/{userPoolId}";

    /// <summary>The key set of an issuer (<c>jwks_uri</c>).</summary>
    public static Uri KeySet(string issuer) => new($"{issuer.TrimEnd('/')}/.well-known/jwks.json");

    private static string FipsMark(string region, bool useFips) => useFips || AwsPartition.IsFipsOnly(region) ? "-fips" : "";
}
