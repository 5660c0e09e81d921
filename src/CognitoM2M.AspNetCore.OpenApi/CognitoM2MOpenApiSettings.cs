namespace CognitoM2M.AspNetCore.OpenApi;

/// <summary>How an OpenAPI document describes the access tokens that the API demands.</summary>
public sealed class CognitoM2MOpenApiSettings
{
    /// <summary>The name of the security scheme in the document.</summary>
    /// <value><c>CognitoM2M</c> by default. Letters, digits, <c>.</c>, <c>-</c> and <c>_</c>.</value>
    public string SecuritySchemeName { get; set; } = CognitoM2MAuthenticationDefaults.AuthenticationScheme;

    /// <summary>The user pool's token endpoint, such as <c>https://acme.auth.eu-west-1.amazoncognito.com/oauth2/token</c>.</summary>
    /// <value>
    /// Null by default: the scheme is a bearer token then. If set, it is the OAuth 2.0 flow of client credentials with all scopes that
    /// operations demand, and readers of the document can get tokens.
    /// </value>
    public Uri? TokenEndpoint { get; set; }
}
