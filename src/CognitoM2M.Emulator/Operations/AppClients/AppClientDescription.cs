using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>Describes app clients as the JSON API does.</summary>
internal static class AppClientDescription
{
    public static JsonObject Describe(EmulatedAppClient client)
    {
        var settings = client.Settings;
        var described = settings.Others.ToJson();

        described["UserPoolId"] = client.UserPool.Id;
        described["ClientName"] = settings.ClientName;
        described["ClientId"] = client.ClientId;
        // As in Cognito, only the original secret is shown. Secrets that were added later are never shown, even if the original is deleted.
        if (settings.Secrets.FirstOrDefault(secret => secret.IsOriginal) is { } original)
            described["ClientSecret"] = original.Value;
        described["CreationDate"] = EpochSeconds.ToJson(client.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.ToJson(settings.LastModifiedAt);
        described["ExplicitAuthFlows"] = ToJson(settings.ExplicitAuthFlows);
        described["AllowedOAuthFlowsUserPoolClient"] = settings.AllowedOAuthFlowsUserPoolClient;
        if (!settings.AllowedOAuthFlows.IsEmpty)
            described["AllowedOAuthFlows"] = ToJson(settings.AllowedOAuthFlows);
        if (!settings.AllowedOAuthScopes.IsEmpty)
            described["AllowedOAuthScopes"] = ToJson(settings.AllowedOAuthScopes);
        AddValidities(described, settings);
        if (settings.AccessTokenClaims is { } claims)
            described[AppClientShapes.Claims] = claims.ToJson();

        described.TryAdd("PreventUserExistenceErrors", "LEGACY");
        described.TryAdd("EnableTokenRevocation", true);
        described.TryAdd("EnablePropagateAdditionalUserContextData", false);
        described.TryAdd("AuthSessionValidity", 3);
        return described;
    }

    /// <summary>Describes an app client in a list, with fewer members.</summary>
    public static JsonObject DescribeInList(EmulatedAppClient client) => new()
    {
        ["ClientId"] = client.ClientId,
        ["UserPoolId"] = client.UserPool.Id,
        ["ClientName"] = client.ClientName,
    };

    private static void AddValidities(JsonObject described, AppClientSettings settings)
    {
        var units = new JsonObject();
        foreach (var kind in TokenKind.All)
        {
            var (amount, unit) = settings.GetValidity(kind);
            if (amount is not null)
                described[$"{kind.Name}Validity"] = amount;
            if (unit is not null)
                units[kind.Name] = unit;
        }

        // Cognito shows the lifetime of refresh tokens always, the other two only if they are set.
        described.TryAdd("RefreshTokenValidity", 30);
        if (units.Count > 0)
            described["TokenValidityUnits"] = units;
    }

    private static JsonArray ToJson(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
