using CognitoM2M.Provisioning;

namespace CognitoM2M.Cli.Commands;

/// <summary>The environment variables that a command of <c>with-user</c> gets.</summary>
internal static class UserVariables
{
    /// <param name="user">The user.</param>
    /// <param name="clientName">The name of the section that the command reads; null for none.</param>
    public static IReadOnlyDictionary<string, string> Create(TemporaryUser user, string? clientName)
    {
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["COGNITO_M2M_USER_POOL_ID"] = user.UserPoolId,
            ["COGNITO_M2M_USERNAME"] = user.Username,
            ["COGNITO_M2M_PASSWORD"] = user.Password,
        };
        if (clientName is not null)
        {
            variables[$"CognitoM2M__Clients__{clientName}__Username"] = user.Username;
            variables[$"CognitoM2M__Clients__{clientName}__Password"] = user.Password;
        }

        return variables;
    }
}
