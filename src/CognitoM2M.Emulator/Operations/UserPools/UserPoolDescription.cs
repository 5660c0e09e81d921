using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>A user pool as the JSON API describes it: its settings, with Cognito's defaults where it has none of its own.</summary>
internal static class UserPoolDescription
{
    public static JsonObject Of(EmulatedUserPool pool)
    {
        var settings = pool.Settings;
        var described = settings.Members.ToJson();
        described.Remove("Schema", out var schema);

        Overlay(described, Defaults(pool));
        described["Id"] = pool.Id;
        described["Name"] = settings.Name;
        described["Arn"] = pool.Arn;
        described["CreationDate"] = EpochSeconds.Of(pool.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.Of(settings.LastModifiedAt);
        described["EstimatedNumberOfUsers"] = pool.Users.Count;
        described["SchemaAttributes"] = UserPoolSchema.Of(schema?.AsArray());
        foreach (var domain in pool.Domains)
            described[domain.IsCustom ? "CustomDomain" : "Domain"] = domain.Name;
        return described;
    }

    /// <summary>The little that a list says about a pool.</summary>
    public static JsonObject InList(EmulatedUserPool pool) => new()
    {
        ["Id"] = pool.Id,
        ["Name"] = pool.Name,
        ["LambdaConfig"] = pool.Settings.Members.Find("LambdaConfig") is { } triggers ? JsonObject.Create(triggers) : new JsonObject(),
        ["LastModifiedDate"] = EpochSeconds.Of(pool.Settings.LastModifiedAt),
        ["CreationDate"] = EpochSeconds.Of(pool.CreatedAt),
    };

    private static JsonObject Defaults(EmulatedUserPool pool) => new()
    {
        ["DeletionProtection"] = "INACTIVE",
        ["UserPoolTier"] = UserPoolSettings.DefaultTier,
        ["UserPoolTags"] = new JsonObject(),
        ["MfaConfiguration"] = "OFF",
        ["LambdaConfig"] = new JsonObject(),
        ["IssuerConfiguration"] = new JsonObject { ["Type"] = pool.Directory.DefaultIssuerType },
        ["EmailConfiguration"] = new JsonObject { ["EmailSendingAccount"] = "COGNITO_DEFAULT" },
        ["VerificationMessageTemplate"] = new JsonObject { ["DefaultEmailOption"] = "CONFIRM_WITH_CODE" },
        ["AdminCreateUserConfig"] = new JsonObject { ["AllowAdminCreateUserOnly"] = false, ["UnusedAccountValidityDays"] = 7 },
        ["AccountRecoverySetting"] = new JsonObject
        {
            ["RecoveryMechanisms"] = new JsonArray(
                new JsonObject { ["Priority"] = 1, ["Name"] = "verified_email" },
                new JsonObject { ["Priority"] = 2, ["Name"] = "verified_phone_number" }),
        },
        ["Policies"] = new JsonObject
        {
            ["PasswordPolicy"] = new JsonObject
            {
                ["MinimumLength"] = 8,
                ["RequireUppercase"] = true,
                ["RequireLowercase"] = true,
                ["RequireNumbers"] = true,
                ["RequireSymbols"] = true,
                ["TemporaryPasswordValidityDays"] = 7,
            },
            ["SignInPolicy"] = new JsonObject { ["AllowedFirstAuthFactors"] = new JsonArray("PASSWORD") },
        },
    };

    private static void Overlay(JsonObject settings, JsonObject defaults)
    {
        foreach (var (name, value) in defaults.ToList())
        {
            // A policy of the caller's own counts as a whole: its flags that are left out are off.
            if (settings[name] is JsonObject own && value is JsonObject inner && name == "Policies")
                Overlay(own, inner);
            else if (!settings.ContainsKey(name))
                Move(defaults, name, settings);
        }
    }

    private static void Move(JsonObject from, string name, JsonObject to)
    {
        from.Remove(name, out var value);
        to[name] = value;
    }
}
