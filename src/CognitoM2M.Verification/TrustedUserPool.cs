namespace CognitoM2M.Verification;

/// <summary>A user pool whose tokens are accepted, and which of its app clients may call.</summary>
public sealed class TrustedUserPool
{
    /// <summary>The id of the user pool.</summary>
    /// <value>Such as <c>eu-west-1_AbCdEf123</c>. Required, unless <see cref="Issuer"/> is set.</value>
    /// <remarks>
    /// Both forms of issuer that Cognito gives a user pool are accepted: <c>https://cognito-idp.{region}...</c> and
    /// <c>https://issuer-cognito-idp.{region}...</c> (user pools with multi-region replication).
    /// </remarks>
    public string? UserPoolId { get; set; }

    /// <summary>The ids of the app clients whose tokens are accepted (<c>client_id</c> of access tokens, <c>aud</c> of ID tokens).</summary>
    /// <value>
    /// Empty by default, which is an error unless <see cref="AllowAnyClient"/> is true. Cognito's access tokens name no audience, so the
    /// app client is the only claim that ties a token to your API.
    /// </value>
    public IList<string> ClientIds { get; set; } = [];

    /// <summary>Whether the tokens of every app client of the user pool are accepted.</summary>
    /// <value>
    /// False by default. If true, every system that has an app client in this user pool can call, as far as scopes allow; leave
    /// <see cref="ClientIds"/> empty then.
    /// </value>
    public bool AllowAnyClient { get; set; }

    /// <summary>The issuer to accept (claim <c>iss</c>) instead of the issuers that follow from <see cref="UserPoolId"/>.</summary>
    /// <value>Null by default. Compared character by character. An https address, or http to a loopback address or to one of <see cref="CognitoTokenVerifierOptions.PlainHttpHosts"/>.</value>
    public string? Issuer { get; set; }

    /// <summary>The address that the key set is downloaded from.</summary>
    /// <value>Null by default: <c>{issuer}/.well-known/jwks.json</c>. An https address, or http to a loopback address or to one of <see cref="CognitoTokenVerifierOptions.PlainHttpHosts"/>.</value>
    public Uri? JwksUri { get; set; }

    /// <summary>A fixed key set, for use without a network. If set, nothing is downloaded.</summary>
    /// <value>Null by default. The text of a JSON Web Key Set (RFC 7517, section 5). Cannot be combined with <see cref="JwksUri"/>.</value>
    public string? Jwks { get; set; }

    /// <summary>A copy that later changes of this object do not change.</summary>
    internal TrustedUserPool Copy() => new()
    {
        UserPoolId = UserPoolId,
        ClientIds = [.. ClientIds],
        AllowAnyClient = AllowAnyClient,
        Issuer = Issuer,
        JwksUri = JwksUri,
        Jwks = Jwks,
    };

    /// <summary>Whether the tokens of both are judged in the same way.</summary>
    internal bool HasSameSettingsAs(TrustedUserPool other) =>
        UserPoolId == other.UserPoolId
        && ClientIds.SequenceEqual(other.ClientIds, StringComparer.Ordinal)
        && AllowAnyClient == other.AllowAnyClient
        && Issuer == other.Issuer
        && JwksUri?.AbsoluteUri == other.JwksUri?.AbsoluteUri
        && Jwks == other.Jwks;

    internal static TrustedUserPool Create(string userPoolId, IEnumerable<string> clientIds)
    {
        ArgumentNullException.ThrowIfNull(userPoolId);
        ArgumentNullException.ThrowIfNull(clientIds);
        return new TrustedUserPool { UserPoolId = userPoolId, ClientIds = [.. clientIds] };
    }
}
