using System.Collections.ObjectModel;
using System.Text.Json;
using CognitoM2M.Provisioning.Resources.AppClients;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Describes an app client as a blueprint does.</summary>
internal static class AppClientImport
{
    private static readonly string[] _notSettings = ["ClientType", "CreationDate", "LastModifiedDate", "UserPoolId"];

    // The values that Cognito shows for an app client that was created without these settings.
    private static readonly (string Name, string Value)[] _defaults =
    [
        ("AuthSessionValidity", "3"), ("EnablePropagateAdditionalUserContextData", "false"), ("EnableTokenRevocation", "true"),
        ("PreventUserExistenceErrors", "\"LEGACY\""), ("RefreshTokenValidity", "30"),
    ];

    /// <summary>The blueprint that comes closest to the app client. Whether it describes the app client, <see cref="FindReasons"/> says.</summary>
    /// <param name="client">The app client.</param>
    /// <param name="hasSecret">Whether it has a secret.</param>
    public static AppClientBlueprint Create(UserPoolClient client, bool hasSecret)
    {
        var flows = client.ExplicitAuthFlows ?? [];
        var isForUsers = IsForTechnicalUsers(client);
        var usesOperation = flows.Contains(AppClientFlows.ClientTokenAuth, StringComparer.Ordinal);
        return new()
        {
            Name = client.ClientName!,
            Scopes = [.. (client.AllowedOAuthScopes ?? []).Order(StringComparer.Ordinal)],
            Route = isForUsers ? AppClientRoute.UserPassword
                : !usesOperation ? AppClientRoute.OAuth2
                : client.AllowedOAuthFlowsUserPoolClient == true ? AppClientRoute.Both : AppClientRoute.GetClientToken,
            GenerateSecret = isForUsers && hasSecret ? true : null,
            ExplicitAuthFlows = usesOperation || IsUsual(flows, isForUsers) ? null : [.. flows.Order(StringComparer.Ordinal)],
            TokenLifetime = FindLifetime(client),
            CallbackUrls = TakeIfAny(client.CallbackURLs),
            LogoutUrls = TakeIfAny(client.LogoutURLs),
            SupportedIdentityProviders = TakeIfAny(client.SupportedIdentityProviders),
            Claims = AppClientClaims.Read(client),
        };
    }

    // An app client with a flow of the token endpoint is for machines or for sign-in pages.
    private static bool IsForTechnicalUsers(UserPoolClient client) =>
        client.ExplicitAuthFlows?.Contains(AppClientFlows.UserPasswordAuth, StringComparer.Ordinal) == true
        && client.AllowedOAuthFlowsUserPoolClient != true && client.AllowedOAuthFlows is not { Count: > 0 } && client.AllowedOAuthScopes is not { Count: > 0 };

    // The flows of an app client whose blueprint names no sign-in flows.
    private static bool IsUsual(IReadOnlyList<string> flows, bool isForUsers) => flows.ToHashSet(StringComparer.Ordinal)
        .SetEquals(isForUsers ? [AppClientFlows.UserPasswordAuth, AppClientFlows.RefreshTokenAuth] : [AppClientFlows.RefreshTokenAuth]);

    /// <summary>Why the blueprint does not describe the app client; empty if it does.</summary>
    public static IEnumerable<string> FindReasons(UserPoolClient client, bool hasSecret, AppClientBlueprint blueprint)
    {
        if (client.ClientType == "DCR")
            return ["it registered itself"];
        if (!hasSecret && blueprint.Route != AppClientRoute.UserPassword)
            return ["it has no secret"];

        return AppClientDifference.Find(client, blueprint).ToStep(PlanAction.Update, PlannedKind.AppClient, blueprint.Name).Changes
            .Select(change => $"{change.Member} is {change.Before ?? "not set"}");
    }

    /// <summary>The names of settings that a blueprint does not name and that differ from Cognito's defaults.</summary>
    public static IEnumerable<string> ListOtherSettings(UserPoolClient client, AppClientBlueprint blueprint)
    {
        var others = (client.OtherMembers ?? ReadOnlyDictionary<string, JsonElement>.Empty)
            .Where(member => !_notSettings.Contains(member.Key, StringComparer.Ordinal)
                && !_defaults.Contains((member.Key, member.Value.GetRawText()))
                && member.Value.ValueKind != JsonValueKind.Null)
            .Select(member => member.Key);
        return others.Concat(ListLeftOut(client, blueprint));
    }

    // Settings that a blueprint can name, with values that this blueprint does not name.
    private static IEnumerable<string> ListLeftOut(UserPoolClient client, AppClientBlueprint blueprint)
    {
        if (client.AccessTokenValidity is > 0 && blueprint.TokenLifetime is null)
            yield return nameof(client.AccessTokenValidity);
        if (client.CallbackURLs is { Count: > 0 } && blueprint.CallbackUrls is null)
            yield return nameof(client.CallbackURLs);
        if (client.LogoutURLs is { Count: > 0 } && blueprint.LogoutUrls is null)
            yield return nameof(client.LogoutURLs);
        if (client.SupportedIdentityProviders is { Count: > 0 } && blueprint.SupportedIdentityProviders is null)
            yield return nameof(client.SupportedIdentityProviders);
    }

    private static IReadOnlyList<string>? TakeIfAny(IReadOnlyList<string>? values) => values is { Count: > 0 } ? values : null;

    // Null leaves a lifetime as it is. Cognito's range is the range of blueprints, but a service beside Cognito may have another.
    private static TimeSpan? FindLifetime(UserPoolClient client) =>
        client.AccessTokenValidity is > 0 && AccessTokenLifetime.Read(client) is var lifetime
        && lifetime >= TimeSpan.FromMinutes(5) && lifetime <= TimeSpan.FromDays(1) ? lifetime : null;
}
