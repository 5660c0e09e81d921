namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Whether an app client has a secret. Cognito sets this when it creates the app client, and cannot change it later.</summary>
internal static class AppClientSecrecy
{
    /// <summary>Whether an app client has a secret if it is created now.</summary>
    public static bool IsNewWithSecret(AppClientBlueprint wanted) =>
        MustHaveSecret(wanted) ?? false;

    /// <summary>Why an existing app client must be replaced; null if it need not be.</summary>
    /// <param name="wanted">The app client of the blueprint.</param>
    /// <param name="hasSecret">Whether the existing app client has a secret.</param>
    public static string? FindReplacement(AppClientBlueprint wanted, bool hasSecret) => (MustHaveSecret(wanted), hasSecret) switch
    {
        (true, false) => "Cognito cannot add a secret to a client without one",
        (false, true) => "Cognito cannot remove the secret of a client",
        _ => null,
    };

    /// <summary>Whether the blueprint accepts an app client without a secret.</summary>
    public static bool MayLackSecret(AppClientBlueprint wanted) => MustHaveSecret(wanted) != true;

    /// <summary>Whether the blueprint accepts an app client with or without a secret. Then it is not necessary to find out whether the app client has a secret.</summary>
    public static bool MayBeEither(AppClientBlueprint wanted) => MustHaveSecret(wanted) is null;

    /// <summary>True if the blueprint requires a secret, false if it requires an app client without a secret, null if it accepts both.</summary>
    private static bool? MustHaveSecret(AppClientBlueprint wanted) =>
        wanted.Route != AppClientRoute.UserPassword || wanted is { SecretVariable: not null } or { Secret: not null } ? true : wanted.GenerateSecret;
}
