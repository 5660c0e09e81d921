namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>The flows that an app client needs for its route.</summary>
internal static class AppClientFlows
{
    public const string RefreshTokenAuth = "ALLOW_REFRESH_TOKEN_AUTH";
    public const string ClientTokenAuth = "ALLOW_CLIENT_TOKEN_AUTH";
    public const string UserPasswordAuth = "ALLOW_USER_PASSWORD_AUTH";

    private const string ClientCredentials = "client_credentials";

    /// <summary>Whether an app client gets tokens for a machine, by either route.</summary>
    public static bool ServesMachines(UserPoolClient client) =>
        client.AllowedOAuthFlows?.Contains(ClientCredentials, StringComparer.Ordinal) == true
        || client.ExplicitAuthFlows?.Contains(ClientTokenAuth, StringComparer.Ordinal) == true;

    public static bool UsesTokenEndpoint(AppClientBlueprint wanted) => wanted.Route is AppClientRoute.OAuth2 or AppClientRoute.Both;

    public static string[] ListOAuthFlows(AppClientBlueprint wanted) => UsesTokenEndpoint(wanted) ? [ClientCredentials] : [];

    // Cognito lets users sign in if the list is absent, and does not document what an empty list means. The refresh flow alone lets no user
    // sign in, because a refresh token comes from another flow.
    public static IReadOnlyList<string> ListExplicitAuthFlows(AppClientBlueprint wanted) =>
        wanted.Route switch
        {
            AppClientRoute.OAuth2 => wanted.ExplicitAuthFlows ?? [RefreshTokenAuth],
            AppClientRoute.UserPassword => wanted.ExplicitAuthFlows ?? [UserPasswordAuth, RefreshTokenAuth],
            _ => [ClientTokenAuth],
        };
}
