namespace CognitoM2M.Emulator;

/// <summary>The endpoints of the emulator that can have a fault.</summary>
public enum EmulatorEndpoint
{
    /// <summary>The OAuth 2.0 token endpoint, <c>/oauth2/token</c>.</summary>
    Token,

    /// <summary>The operation <c>GetClientToken</c> of the JSON API.</summary>
    GetClientToken,

    /// <summary>The key sets of all user pools, <c>/{userPoolId}/.well-known/jwks.json</c>.</summary>
    Jwks,

    /// <summary>The discovery documents of all user pools, <c>/{userPoolId}/.well-known/openid-configuration</c>.</summary>
    Discovery,

    /// <summary>All operations of the JSON API that do not have their own fault.</summary>
    JsonApi,

    /// <summary>The start of a sign-in in a browser, <c>/oauth2/authorize</c>.</summary>
    Authorize,

    /// <summary>The pages of the sign-in form, <c>/login</c>: the form itself and what a browser posts from it.</summary>
    Login,

    /// <summary>The sign-out in a browser, <c>/logout</c>.</summary>
    Logout,

    /// <summary>The attributes of a user, <c>/oauth2/userInfo</c>.</summary>
    UserInfo,

    /// <summary>The revocation of refresh tokens, <c>/oauth2/revoke</c>. The operation <c>RevokeToken</c> of the JSON API has its own fault.</summary>
    Revoke,
}
