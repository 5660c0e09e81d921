using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Blueprints;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>What an app client needs in order to be as its blueprint says.</summary>
internal static class AppClientChanges
{
    private const string ClientCredentials = "client_credentials";
    private const string ClientTokenAuth = "ALLOW_CLIENT_TOKEN_AUTH";
    private const string RefreshTokenAuth = "ALLOW_REFRESH_TOKEN_AUTH";

    private static readonly string[] _readOnly = ["CreationDate", "LastModifiedDate", "UserPoolId"];

    private static readonly (string Unit, int Seconds)[] _units = [("days", 86_400), ("hours", 3600), ("minutes", 60), ("seconds", 1)];

    public static Changes Between(UserPoolClient client, AppClientBlueprint wanted)
    {
        var changes = new Changes();
        var wasEnabled = client.AllowedOAuthFlowsUserPoolClient == true;
        changes.CompareSets(nameof(client.ExplicitAuthFlows), client.ExplicitAuthFlows, ExplicitAuthFlows(wanted));
        changes.CompareSets(nameof(client.AllowedOAuthFlows), client.AllowedOAuthFlows, OAuthFlows(wanted));
        changes.Compare(nameof(client.AllowedOAuthFlowsUserPoolClient), Text(wasEnabled), Text(UsesTokenEndpoint(wanted)));
        changes.CompareSets(nameof(client.AllowedOAuthScopes), client.AllowedOAuthScopes, wanted.Scopes);
        if (wanted.TokenLifetime is { } lifetime)
            changes.Compare(nameof(client.AccessTokenValidity), LifetimeConverter.Format(Lifetime(client)), LifetimeConverter.Format(lifetime));

        // A refresh token comes from another flow; by itself it is no way in.
        Lose(changes, ProvisioningLosses.Flow, client.ExplicitAuthFlows, [.. ExplicitAuthFlows(wanted), RefreshTokenAuth]);
        Lose(changes, ProvisioningLosses.Flow, wasEnabled ? client.AllowedOAuthFlows : [], OAuthFlows(wanted));
        Lose(changes, ProvisioningLosses.Scope, client.AllowedOAuthScopes, wanted.Scopes);
        return changes;
    }

    public static CreateUserPoolClientRequest Create(string userPoolId, AppClientBlueprint wanted)
    {
        var usesTokenEndpoint = UsesTokenEndpoint(wanted);
        var (validity, unit) = wanted.TokenLifetime is { } lifetime ? InUnits(lifetime) : default;
        return new()
        {
            UserPoolId = userPoolId,
            ClientName = wanted.Name,
            GenerateSecret = true,
            ExplicitAuthFlows = ExplicitAuthFlows(wanted),
            AllowedOAuthFlowsUserPoolClient = usesTokenEndpoint ? true : null,
            AllowedOAuthFlows = usesTokenEndpoint ? OAuthFlows(wanted) : null,
            AllowedOAuthScopes = wanted.Scopes,
            AccessTokenValidity = unit is null ? null : validity,
            TokenValidityUnits = unit is null ? null : new() { AccessToken = unit },
        };
    }

    /// <summary>Everything the client is, with the blueprint's wishes on top: an update resets what it does not name.</summary>
    public static UpdateUserPoolClientRequest Merge(string userPoolId, UserPoolClient client, AppClientBlueprint wanted)
    {
        var (validity, units) = (client.AccessTokenValidity, client.TokenValidityUnits);
        if (wanted.TokenLifetime is { } lifetime && lifetime != Lifetime(client))
        {
            (validity, var unit) = InUnits(lifetime);
            // Units that stay unsaid would be Cognito's defaults; saying them keeps the other two lifetimes as they are.
            units = (units ?? new()) with { AccessToken = unit, IdToken = units?.IdToken ?? "hours", RefreshToken = units?.RefreshToken ?? "days" };
        }

        return new()
        {
            UserPoolId = userPoolId,
            ClientId = client.ClientId!,
            ClientName = client.ClientName,
            ExplicitAuthFlows = ExplicitAuthFlows(wanted),
            AllowedOAuthFlowsUserPoolClient = UsesTokenEndpoint(wanted),
            AllowedOAuthFlows = OAuthFlows(wanted),
            AllowedOAuthScopes = wanted.Scopes,
            AccessTokenValidity = validity,
            TokenValidityUnits = units,
            OtherMembers = client.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
    }

    private static bool UsesTokenEndpoint(AppClientBlueprint wanted) => wanted.Route != AppClientRoute.GetClientToken;

    private static string[] OAuthFlows(AppClientBlueprint wanted) => UsesTokenEndpoint(wanted) ? [ClientCredentials] : [];

    // Left out, the list would let users sign in; whether an empty one stays empty is not documented. Refreshing alone lets nobody in.
    private static string[] ExplicitAuthFlows(AppClientBlueprint wanted) =>
        wanted.Route == AppClientRoute.OAuth2 ? [RefreshTokenAuth] : [ClientTokenAuth];

    private static TimeSpan Lifetime(UserPoolClient client)
    {
        if (client.AccessTokenValidity is not > 0)
            return TimeSpan.FromHours(1);

        var unit = Array.Find(_units, unit => unit.Unit == (client.TokenValidityUnits?.AccessToken ?? "hours"));
        return TimeSpan.FromSeconds((long)client.AccessTokenValidity.Value * unit.Seconds);
    }

    private static (int Validity, string Unit) InUnits(TimeSpan lifetime)
    {
        var seconds = (int)lifetime.TotalSeconds;
        var unit = Array.Find(_units, unit => seconds % unit.Seconds == 0);
        return (seconds / unit.Seconds, unit.Unit);
    }

    private static void Lose(Changes changes, ProvisioningLosses loss, IReadOnlyList<string>? before, IReadOnlyList<string> after)
    {
        var lost = (before ?? []).Except(after, StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        if (lost.Count > 0)
            changes.Lose(loss, $"the client loses {string.Join(", ", lost)}");
    }

    private static string Text(bool value) => value ? "true" : "false";
}
