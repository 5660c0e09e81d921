namespace CognitoM2M;

/// <summary>The two ways to get a machine-to-machine token from Cognito. Both give the same token.</summary>
public enum CognitoTokenRoute
{
    /// <summary>The OAuth 2.0 token endpoint of the user pool's domain: <c>POST /oauth2/token</c> (RFC 6749, section 4.4).</summary>
    OAuth2,

    /// <summary>
    /// The user pools API operation <c>GetClientToken</c>. Needs no domain; the app client must have
    /// <c>ALLOW_CLIENT_TOKEN_AUTH</c> among its <c>ExplicitAuthFlows</c>.
    /// </summary>
    GetClientToken,
}
