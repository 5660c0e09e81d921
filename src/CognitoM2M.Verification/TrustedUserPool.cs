namespace CognitoM2M.Verification;

/// <summary>A user pool whose access tokens are accepted, and for which of its app clients.</summary>
public class TrustedUserPool
{
    /// <summary>The id of the user pool.</summary>
    /// <value>Such as <c>eu-west-1_AbCdEf123</c>. Required, unless <see cref="Issuer"/> is set.</value>
    /// <remarks>Accepted are both forms of issuer that Cognito gives a pool: <c>cognito-idp.</c> and <c>issuer-cognito-idp.</c> (pools with replication).</remarks>
    public string? UserPoolId { get; set; }

    /// <summary>The app clients whose tokens are accepted (claim <c>client_id</c>).</summary>
    /// <value>Empty by default, which is a mistake unless <see cref="AnyClient"/> was called: Cognito's tokens name no audience, so the app client is what ties a token to you.</value>
    public IList<string> ClientIds { get; set; } = [];

    /// <summary>Whether <see cref="AnyClient"/> was called.</summary>
    public bool AcceptsAnyClient { get; private set; }

    /// <summary>Accepts the tokens of every app client of the pool: any system that shares the pool can then call this one, as far as scopes allow.</summary>
    public void AnyClient() => AcceptsAnyClient = true;

    /// <summary>The issuer to accept (claim <c>iss</c>) in place of those that follow from <see cref="UserPoolId"/>.</summary>
    /// <value>Null by default. Compared character by character. An https address; http for loopback alone, for use with the emulator.</value>
    public string? Issuer { get; set; }

    /// <summary>Where the pool's key set is read.</summary>
    /// <value>Null by default: <c>{issuer}/.well-known/jwks.json</c>. An https address; http for loopback alone.</value>
    public Uri? JwksUri { get; set; }

    /// <summary>A fixed key set, for use without a network: nothing is fetched then.</summary>
    /// <value>Null by default. A JSON Web Key Set (RFC 7517, section 5) as text.</value>
    public string? KeySet { get; set; }
}
