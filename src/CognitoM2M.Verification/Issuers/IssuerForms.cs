using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Issuers;

/// <summary>The forms of issuer (claim <c>iss</c>) that Cognito may write into the tokens of a user pool.</summary>
internal static class IssuerForms
{
    /// <summary>Lists the issuers of a user pool, the usual one first.</summary>
    /// <param name="pool">A pool with an issuer, or with a valid user pool id.</param>
    public static IEnumerable<string> List(TrustedUserPool pool)
    {
        if (pool.Issuer is { } issuer)
            return [issuer];

        var id = pool.UserPoolId!;
        // Outside the commercial partition AWS does not document which of the two suffixes Cognito writes. Both belong to Amazon.
        var partitionSuffix = AwsPartition.DnsSuffix(CognitoNames.RegionOfUserPool(id));
        return new[] { partitionSuffix, "amazonaws.com" }.Distinct(StringComparer.Ordinal).SelectMany(suffix => new[]
        {
            CognitoAddresses.Issuer(id, isUpdatedForm: false, suffix),
            CognitoAddresses.Issuer(id, isUpdatedForm: true, suffix),
        });
    }
}
