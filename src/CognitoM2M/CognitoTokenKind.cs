namespace CognitoM2M;

/// <summary>The two tokens of a user that can be sent to an API.</summary>
public enum CognitoTokenKind
{
    /// <summary>The access token. Its only scope is <c>aws.cognito.signin.user.admin</c>.</summary>
    Access,

    /// <summary>The ID token. It has no scopes, and its audience is the app client. Use it only for an API that accepts nothing else.</summary>
    Id,
}
