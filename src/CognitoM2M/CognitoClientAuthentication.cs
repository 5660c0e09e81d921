namespace CognitoM2M;

/// <summary>How the app client proves itself at the token endpoint (RFC 6749, section 2.3.1).</summary>
public enum CognitoClientAuthentication
{
    /// <summary>
    /// <c>client_secret_basic</c>: in the Authorization header. A client id or secret that holds a character which form
    /// encoding would change (Cognito's alphabet has one, <c>+</c>) is sent as <see cref="ClientSecretPost"/> instead,
    /// because servers disagree on whether to decode it.
    /// </summary>
    ClientSecretBasic,

    /// <summary><c>client_secret_post</c>: in the request body.</summary>
    ClientSecretPost,
}
