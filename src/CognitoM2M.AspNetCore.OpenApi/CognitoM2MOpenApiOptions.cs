namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>How an OpenAPI document describes the access tokens that the API requires.</summary>
public sealed class CognitoM2MOpenApiOptions
{
    /// <summary>The name of the security scheme in the document.</summary>
    /// <value><c>CognitoM2M</c> by default. Letters, digits, <c>.</c>, <c>-</c> and <c>_</c> (OpenAPI Specification 3.1, section 4.8.7).</value>
    public string SecuritySchemeName { get; set; } = CognitoM2MAuthenticationDefaults.AuthenticationScheme;

    /// <summary>The token endpoint of the user pool, such as <c>https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token</c>.</summary>
    /// <value>
    /// Null by default: the security scheme is a bearer token. If set, the security scheme is the OAuth 2.0 client credentials flow with all scopes
    /// that operations require, so that tools which read the document can request tokens.
    /// </value>
    public Uri? TokenEndpoint { get; set; }
}
