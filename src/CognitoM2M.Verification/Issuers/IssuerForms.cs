using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Issuers;

/// <summary>The issuers that Cognito gives a user pool, and where their key sets are.</summary>
internal static class IssuerForms
{
    /// <summary>The issuers of a pool, the usual one first.</summary>
    public static IEnumerable<string> Of(TrustedUserPool pool)
    {
        if (pool.Issuer is { } issuer)
            return [issuer];

        var region = Region(pool.UserPoolId!);
        // Outside the commercial partition it is not known for certain which suffix Cognito writes; both are Amazon's.
        return new[] { AwsPartition.DnsSuffix(region), "amazonaws.com" }.Distinct(StringComparer.Ordinal).SelectMany(suffix => new[]
        {
            $"https://cognito-idp.{region}.{suffix}/{pool.UserPoolId}",
            $"https://issuer-cognito-idp.{region}.{suffix}/{pool.UserPoolId}",
        });
    }

    public static Uri KeySetAddress(string issuer) => new($"{issuer.TrimEnd('/')}/.well-known/jwks.json");

    /// <summary>The region that a pool was made in; empty if the id has another form.</summary>
    public static string Region(string userPoolId) =>
        userPoolId.IndexOf('_', StringComparison.Ordinal) is > 0 and var end ? userPoolId[..end] : "";
}
