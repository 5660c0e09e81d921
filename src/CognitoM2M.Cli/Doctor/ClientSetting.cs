namespace CognitoM2M.Cli.Doctor;

/// <summary>The settings of an app client, in the order in which Cognito checks them.</summary>
internal enum ClientSetting
{
    ClientId,
    Secret,
    OAuthFlag,
    Flows,
    Scopes,

    /// <summary>Not of the app client, but checked after its settings: the user who signs in, and the password.</summary>
    User,
}
