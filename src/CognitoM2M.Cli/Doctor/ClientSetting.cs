namespace CognitoM2M.Cli.Doctor;

/// <summary>The settings of an app client, in the order in which Cognito checks them.</summary>
internal enum ClientSetting
{
    ClientId,
    Secret,
    OAuthFlag,
    Flows,
    Scopes,
}
