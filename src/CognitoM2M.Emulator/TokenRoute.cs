namespace CognitoM2M.Emulator;

/// <summary>The two ways to ask for a token.</summary>
public enum TokenRoute
{
    /// <summary>The OAuth2 token endpoint.</summary>
    OAuth2,

    /// <summary>The JSON API's operation <c>GetClientToken</c>.</summary>
    GetClientToken,
}
