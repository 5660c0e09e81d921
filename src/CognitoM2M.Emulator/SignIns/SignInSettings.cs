using System.Text.Json;
using CognitoM2M.Emulator.Pools;

namespace CognitoM2M.Emulator.SignIns;

/// <summary>The settings of an app client for the sign-in of users.</summary>
internal static class SignInSettings
{
    private const string AllowPrefix = "ALLOW_";
    private const string Rotation = "RefreshTokenRotation";

    /// <summary>The flow has two names; the older one has no prefix.</summary>
    public static bool AllowsPassword(this AppClientSettings settings) => settings.AllowsAny("ALLOW_USER_PASSWORD_AUTH", "USER_PASSWORD_AUTH");

    public static bool AllowsAdminPassword(this AppClientSettings settings) =>
        settings.AllowsAny("ALLOW_ADMIN_USER_PASSWORD_AUTH", "ADMIN_NO_SRP_AUTH");

    /// <summary>The older flows always allow refresh tokens.</summary>
    public static bool AllowsRefresh(this AppClientSettings settings) =>
        !settings.ExplicitAuthFlows.Any(flow => flow.StartsWith(AllowPrefix, StringComparison.Ordinal))
        || settings.AllowsAuthFlow("ALLOW_REFRESH_TOKEN_AUTH");

    /// <summary>Whether a refresh token is replaced when it is used.</summary>
    public static bool RotatesRefreshTokens(this AppClientSettings settings) =>
        settings.Others.Find(Rotation, "Feature")?.ValueEquals("ENABLED") == true;

    /// <summary>How long a refresh token stays usable after it was replaced.</summary>
    public static TimeSpan GetRotationGrace(this AppClientSettings settings) =>
        TimeSpan.FromSeconds(settings.Others.Find(Rotation, "RetryGracePeriodSeconds")?.GetInt32() ?? 0);

    public static bool CanRevokeTokens(this AppClientSettings settings) =>
        settings.Others.Find("EnableTokenRevocation") is not { ValueKind: JsonValueKind.False };

    /// <summary>Whether an unknown user gets the same error as a wrong password.</summary>
    public static bool HidesUnknownUsers(this AppClientSettings settings) =>
        settings.Others.GetText("PreventUserExistenceErrors") == "ENABLED";

    private static bool AllowsAny(this AppClientSettings settings, string flow, string olderName) =>
        settings.AllowsAuthFlow(flow) || settings.AllowsAuthFlow(olderName);
}
