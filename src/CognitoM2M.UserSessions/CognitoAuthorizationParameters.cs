namespace CognitoM2M.UserSessions;

/// <summary>What an authorization request asks for.</summary>
public sealed class CognitoAuthorizationParameters
{
    /// <summary>The address that Cognito sends the browser to with the code.</summary>
    /// <value>Null takes the only one of <see cref="CognitoUserSessionsOptions.CallbackUrls"/>. With several, required; one of them.</value>
    public string? RedirectUri { get; init; }

    /// <summary>The address that <see cref="CognitoUserSessions.CompleteAuthorizationAsync"/> returns.</summary>
    /// <value><c>/</c> by default. A path of the application that begins with one slash, or an address of one of <see cref="CognitoUserSessionsOptions.ReturnOrigins"/>; at most 1,000 characters.</value>
    public string ReturnUrl { get; init; } = "/";

    /// <summary>The scopes to request.</summary>
    /// <value><c>openid</c> by default. Without <c>openid</c> there is no ID token. <c>aws.cognito.signin.user.admin</c> is needed for <see cref="CognitoUserSessions.GetUserAsync"/>.</value>
    public IReadOnlyList<string> Scopes { get; init; } = ["openid"];

    /// <summary>The name of the identity provider to go to at once, such as <c>Google</c>, <c>SignInWithApple</c>, or the name of an OIDC or SAML provider.</summary>
    /// <value>Null by default: the user chooses on the sign-in page. Not together with <see cref="IdpIdentifier"/>.</value>
    public string? IdentityProvider { get; init; }

    /// <summary>An identifier of the identity provider to go to at once, such as the domain of an e-mail address.</summary>
    /// <value>Null by default.</value>
    public string? IdpIdentifier { get; init; }

    /// <summary>The language of managed login, such as <c>de</c>.</summary>
    /// <value>Null by default.</value>
    public string? Lang { get; init; }

    /// <summary>The user name that the sign-in page is filled in with. Cognito passes it on to identity providers.</summary>
    /// <value>Null by default.</value>
    public string? LoginHint { get; init; }

    /// <summary>Whether the user must sign in again (<c>login</c>) or must not be asked (<c>none</c>).</summary>
    /// <value>Null by default.</value>
    public string? Prompt { get; init; }
}
