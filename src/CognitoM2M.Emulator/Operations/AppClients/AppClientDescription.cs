using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.AppClients;

/// <summary>An app client as the JSON API describes it.</summary>
internal static class AppClientDescription
{
    public static JsonObject Of(EmulatedAppClient client)
    {
        var settings = client.Settings;
        var described = settings.Others.ToJson();

        described["UserPoolId"] = client.UserPool.Id;
        described["ClientName"] = settings.ClientName;
        described["ClientId"] = client.ClientId;
        // Secrets added later never show, not even when this one is gone.
        if (settings.Secrets.FirstOrDefault(secret => secret.IsOriginal) is { } original)
            described["ClientSecret"] = original.Value;
        described["CreationDate"] = EpochSeconds.Of(client.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.Of(settings.LastModifiedAt);
        described["ExplicitAuthFlows"] = ListOf(settings.ExplicitAuthFlows);
        described["AllowedOAuthFlowsUserPoolClient"] = settings.AllowedOAuthFlowsUserPoolClient;
        if (!settings.AllowedOAuthFlows.IsEmpty)
            described["AllowedOAuthFlows"] = ListOf(settings.AllowedOAuthFlows);
        if (!settings.AllowedOAuthScopes.IsEmpty)
            described["AllowedOAuthScopes"] = ListOf(settings.AllowedOAuthScopes);
        AddValidities(described, settings);

        described.TryAdd("PreventUserExistenceErrors", "LEGACY");
        described.TryAdd("EnableTokenRevocation", true);
        described.TryAdd("EnablePropagateAdditionalUserContextData", false);
        described.TryAdd("AuthSessionValidity", 3);
        return described;
    }

    /// <summary>The little that a list says about a client.</summary>
    public static JsonObject InList(EmulatedAppClient client) => new()
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
            var (amount, unit) = settings.Validity(kind);
            if (amount is not null)
                described[$"{kind.Name}Validity"] = amount;
            if (unit is not null)
                units[kind.Name] = unit;
        }

        // Of the three, Cognito shows this one even if nobody has set it.
        described.TryAdd("RefreshTokenValidity", 30);
        if (units.Count > 0)
            described["TokenValidityUnits"] = units;
    }

    private static JsonArray ListOf(IEnumerable<string> values) => new([.. values.Select(value => JsonValue.Create(value))]);
}
