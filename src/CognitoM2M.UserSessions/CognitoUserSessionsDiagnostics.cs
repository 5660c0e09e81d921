namespace CognitoM2M.UserSessions;

/// <summary>Names for the diagnosis of user sessions.</summary>
public static class CognitoUserSessionsDiagnostics
{
    /// <summary>The category of all log messages.</summary>
    public const string LogCategoryName = "CognitoM2M.UserSessions";
}
