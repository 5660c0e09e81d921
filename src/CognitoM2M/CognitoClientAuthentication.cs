namespace CognitoM2M;

/// <summary>How the app client authenticates at the token endpoint (RFC 6749, section 2.3.1).</summary>
public enum CognitoClientAuthentication
{
    /// <summary>
    /// <c>client_secret_basic</c>: client id and secret are sent in the Authorization header. If form encoding would change one of their
    /// characters, they are sent as <see cref="ClientSecretPost"/> instead, because not all servers decode the header. Of the characters
    /// that Cognito uses in ids and secrets, only <c>+</c> is changed.
    /// </summary>
    ClientSecretBasic,

    /// <summary><c>client_secret_post</c>: client id and secret are sent in the request body.</summary>
    ClientSecretPost,
}
