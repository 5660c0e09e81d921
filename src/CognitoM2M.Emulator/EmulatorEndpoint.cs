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
}
