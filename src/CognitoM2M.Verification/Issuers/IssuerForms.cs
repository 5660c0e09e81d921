using CognitoM2M.Shared;

namespace CognitoM2M.Verification.Issuers;

/// <summary>The forms of issuer (claim <c>iss</c>) that Cognito may write into the tokens of a user pool.</summary>
internal static class IssuerForms
{
    /// <summary>Lists the issuers of a user pool, the usual one first.</summary>
    /// <param name="pool">A pool with an issuer, or with a valid user pool id.</param>
    public static IEnumerable<string> List(TrustedUserPool pool) => pool.Issuer is { } issuer ? [issuer] : CognitoAddresses.Issuers(pool.UserPoolId!);
}
