using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Compares an app client with its blueprint.</summary>
internal static class AppClientDifference
{
    public static Difference Find(UserPoolClient client, AppClientBlueprint wanted)
    {
        var difference = new Difference();
        var usedTokenEndpoint = client.AllowedOAuthFlowsUserPoolClient == true;
        var explicitAuthFlows = AppClientFlows.ListExplicitAuthFlows(wanted);
        var oauthFlows = AppClientFlows.ListOAuthFlows(wanted);
        difference.CompareSets(nameof(client.ExplicitAuthFlows), client.ExplicitAuthFlows, explicitAuthFlows);
        difference.CompareSets(nameof(client.AllowedOAuthFlows), client.AllowedOAuthFlows, oauthFlows);
        difference.Compare(
            nameof(client.AllowedOAuthFlowsUserPoolClient), Format(usedTokenEndpoint), Format(AppClientFlows.UsesTokenEndpoint(wanted)));
        difference.CompareSets(nameof(client.AllowedOAuthScopes), client.AllowedOAuthScopes, wanted.Scopes);
        difference.CompareSets(nameof(client.CallbackURLs), client.CallbackURLs, wanted.CallbackUrls ?? client.CallbackURLs ?? []);
        difference.CompareSets(nameof(client.LogoutURLs), client.LogoutURLs, wanted.LogoutUrls ?? client.LogoutURLs ?? []);
        difference.CompareSets(
            nameof(client.SupportedIdentityProviders), client.SupportedIdentityProviders, wanted.SupportedIdentityProviders ?? client.SupportedIdentityProviders ?? []);
        if (wanted.TokenLifetime is { } lifetime)
        {
            difference.Compare(
                nameof(client.AccessTokenValidity), LifetimeConverter.Format(AccessTokenLifetime.Read(client)), LifetimeConverter.Format(lifetime));
        }

        AppClientClaims.Compare(difference, client, wanted);

        // A secret is given only to a new client. The value stays out of the plan.
        if (client.ClientId is null && wanted.SecretVariable is { } variable)
            difference.Compare(nameof(client.ClientSecret), null, $"from the variable {variable}");
        if (client.ClientId is null && wanted.Secret is not null)
            difference.Compare(nameof(client.ClientSecret), null, "from the blueprint");

        // Removing the refresh flow is not destructive: a refresh token comes from another flow.
        WarnIfRemoved(difference, DestructiveChanges.Flow, client.ExplicitAuthFlows, [.. explicitAuthFlows, AppClientFlows.RefreshTokenAuth]);
        WarnIfRemoved(difference, DestructiveChanges.Flow, usedTokenEndpoint ? client.AllowedOAuthFlows : [], oauthFlows);
        WarnIfRemoved(difference, DestructiveChanges.Scope, client.AllowedOAuthScopes, wanted.Scopes);
        return difference;
    }

    /// <summary>The settings of a new app client, with the defaults that users should know.</summary>
    public static Difference ListSettings(AppClientBlueprint wanted)
    {
        var settings = Find(new UserPoolClient(), wanted).ToSettings();
        settings.AddDefault(nameof(UserPoolClient.AllowedOAuthFlowsUserPoolClient), Format(false));
        settings.AddDefault(nameof(UserPoolClient.AccessTokenValidity), LifetimeConverter.Format(AccessTokenLifetime.Read(new())));
        if (wanted is { SecretVariable: null, Secret: null })
            settings.AddDefault(nameof(CreateUserPoolClientRequest.GenerateSecret), Format(AppClientSecrecy.IsNewWithSecret(wanted)));
        return settings;
    }

    private static void WarnIfRemoved(Difference difference, DestructiveChanges kind, IReadOnlyList<string>? before, IReadOnlyList<string> after)
    {
        var removed = (before ?? []).Except(after, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (removed.Count > 0)
            difference.AddDestructiveChange(kind, $"the client loses {string.Join(", ", removed)}");
    }

    private static string Format(bool value) => value ? "true" : "false";
}
