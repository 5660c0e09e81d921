namespace CognitoM2M;

/// <summary>The ways to get a token from Cognito.</summary>
public enum CognitoTokenRoute
{
    /// <summary>The OAuth 2.0 token endpoint of the user pool's domain: <c>POST /oauth2/token</c> (RFC 6749, section 4.4).</summary>
    OAuth2,

    /// <summary>
    /// The user pools API operation <c>GetClientToken</c>. It needs no domain and gives the same token as <see cref="OAuth2"/>. The app client
    /// must have <c>ALLOW_CLIENT_TOKEN_AUTH</c> as the only value of <c>ExplicitAuthFlows</c>.
    /// </summary>
    GetClientToken,

    /// <summary>
    /// A technical user signs in with <see cref="CognitoM2MClientOptions.Username"/> and a password (<c>InitiateAuth</c>,
    /// <c>USER_PASSWORD_AUTH</c>), and tokens are renewed with the refresh token. For APIs that accept only users. The token has no scopes of
    /// your own, and wrong passwords lock the user out: prefer the other routes.
    /// </summary>
    UserPassword,
}
