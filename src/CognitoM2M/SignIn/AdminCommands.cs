using CognitoM2M.Settings;

namespace CognitoM2M.SignIn;

/// <summary>Commands of the AWS CLI with which an administrator repairs a user. They hold no secret: the administrator puts the password in.</summary>
internal static class AdminCommands
{
    public static string WriteSetPassword(AppClientSettings client) =>
        $"An administrator sets a permanent password: {Write(client, "admin-set-user-password", " --password NEW_PASSWORD --permanent")}";

    /// <param name="client">The client, with the name of the user.</param>
    /// <param name="operation">The operation of the user pools API, as the AWS CLI writes it.</param>
    /// <param name="arguments">More arguments; they begin with a space.</param>
    public static string Write(AppClientSettings client, string operation, string arguments = "") =>
        $"aws cognito-idp {operation}{(client.Region is { } region ? $" --region {region}" : "")} --user-pool-id USER_POOL_ID --username {Quote(client.Username!)}{arguments}";

    // Quotes the text as a POSIX shell reads it.
    private static string Quote(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";
}
