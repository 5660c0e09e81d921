namespace CognitoM2M.Emulator;

/// <summary>The endpoints that can be made to fail.</summary>
public enum EmulatorEndpoint
{
    /// <summary>The OAuth2 token endpoint, <c>/oauth2/token</c>.</summary>
    Token,

    /// <summary>The JSON API's operation <c>GetClientToken</c>.</summary>
    GetClientToken,

    /// <summary>The key set of every user pool, <c>/{userPoolId}/.well-known/jwks.json</c>.</summary>
    Jwks,

    /// <summary>The discovery document of every user pool, <c>/{userPoolId}/.well-known/openid-configuration</c>.</summary>
    Discovery,

    /// <summary>Every operation of the JSON API that has no fault of its own.</summary>
    JsonApi,
}
