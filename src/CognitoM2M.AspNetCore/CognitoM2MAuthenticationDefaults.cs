namespace CognitoM2M.AspNetCore;

/// <summary>Names that the authentication scheme uses.</summary>
public static class CognitoM2MAuthenticationDefaults
{
    /// <summary>The name of the scheme, if <c>AddCognitoM2M</c> is given no other name.</summary>
    public const string AuthenticationScheme = "CognitoM2M";

    /// <summary>The category of all log messages of this package.</summary>
    public const string LogCategoryName = "CognitoM2M.AspNetCore";

    /// <summary>The type of the claims that say what a token permits. There is one claim for each scope.</summary>
    public const string ScopeClaimType = "scope";

    /// <summary>
    /// The type of the claim that names the calling app client. Its value is also the name of the identity, unless
    /// <see cref="CognitoM2MAuthenticationOptions.NameClaimType"/> names another claim.
    /// </summary>
    public const string ClientIdClaimType = "client_id";

    /// <summary>
    /// The type of the claim that names the user of an ID token. Its value is also the name of the identity, unless
    /// <see cref="CognitoM2MAuthenticationOptions.NameClaimType"/> names another claim.
    /// </summary>
    public const string UsernameClaimType = "cognito:username";

    /// <summary>
    /// The type of the claims that hold the groups of a user. They are the roles of the identity, unless
    /// <see cref="CognitoM2MAuthenticationOptions.RoleClaimType"/> names other claims. Tokens of machines have none.
    /// </summary>
    public const string GroupsClaimType = "cognito:groups";
}
