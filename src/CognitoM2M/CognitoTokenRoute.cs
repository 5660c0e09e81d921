namespace CognitoM2M;

/// <summary>The two ways to get a machine-to-machine token from Cognito. Both give the same token.</summary>
public enum CognitoTokenRoute
{
    /// <summary>The OAuth 2.0 token endpoint of the user pool's domain: <c>POST /oauth2/token</c> (RFC 6749, section 4.4).</summary>
    OAuth2,

    /// <summary>
    /// The user pools API operation <c>GetClientToken</c>. It needs no domain. The app client must have <c>ALLOW_CLIENT_TOKEN_AUTH</c> as
    /// the only value of <c>ExplicitAuthFlows</c>.
    /// </summary>
    GetClientToken,
}
