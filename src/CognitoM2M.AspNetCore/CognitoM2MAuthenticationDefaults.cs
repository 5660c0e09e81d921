namespace CognitoM2M.AspNetCore;

/// <summary>Names that the authentication scheme uses.</summary>
public static class CognitoM2MAuthenticationDefaults
{
    /// <summary>The scheme's name, unless it is given another.</summary>
    public const string AuthenticationScheme = "CognitoM2M";

    /// <summary>The type of the claims that say what a token permits: one claim for each scope.</summary>
    public const string ScopeClaimType = "scope";

    /// <summary>The type of the claim that says which app client calls; it is the name of the identity.</summary>
    public const string ClientIdClaimType = "client_id";

    /// <summary>The type of the claims that hold a user's groups; they are the roles of the identity. Tokens of machines have none.</summary>
    public const string GroupsClaimType = "cognito:groups";
}
