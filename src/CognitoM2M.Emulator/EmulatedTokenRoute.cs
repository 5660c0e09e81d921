namespace CognitoM2M.Emulator;

/// <summary>The two ways to request a machine-to-machine token.</summary>
public enum EmulatedTokenRoute
{
    /// <summary>The OAuth 2.0 token endpoint.</summary>
    OAuth2,

    /// <summary>The operation <c>GetClientToken</c> of the JSON API.</summary>
    GetClientToken,
}
