using System.Text.Json.Nodes;
using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Describes user pools as the JSON API does: their settings, and Cognito's defaults for settings that they do not have.</summary>
internal static class UserPoolDescription
{
    public static JsonObject Describe(EmulatedUserPool pool)
    {
        var settings = pool.Settings;
        var described = settings.Members.ToJson();
        described.Remove(UserPoolSettings.SchemaMember);
        described.Remove(UserPoolSettings.AddedAttributesMember);

        AddDefaults(described, CreateDefaults(pool));
        VerificationMessages.Mirror(described);
        described["Id"] = pool.Id;
        described["Name"] = settings.Name;
        described["Arn"] = pool.Arn;
        described["CreationDate"] = EpochSeconds.ToJson(pool.CreatedAt);
        described["LastModifiedDate"] = EpochSeconds.ToJson(settings.LastModifiedAt);
        described["EstimatedNumberOfUsers"] = pool.UserList.Count;
        described["SchemaAttributes"] = AttributeSchema.Read(pool).ToJson();
        foreach (var domain in pool.Domains)
            described[domain.IsCustom ? "CustomDomain" : "Domain"] = domain.Name;
        return described;
    }

    /// <summary>Describes a user pool in a list, with fewer members.</summary>
    public static JsonObject DescribeInList(EmulatedUserPool pool) => new()
    {
        ["Id"] = pool.Id,
        ["Name"] = pool.Name,
        ["LambdaConfig"] = pool.Settings.Members.Find("LambdaConfig") is { } triggers ? JsonObject.Create(triggers) : new JsonObject(),
        ["LastModifiedDate"] = EpochSeconds.ToJson(pool.Settings.LastModifiedAt),
        ["CreationDate"] = EpochSeconds.ToJson(pool.CreatedAt),
    };

    private static JsonObject CreateDefaults(EmulatedUserPool pool) => new()
    {
        ["DeletionProtection"] = "INACTIVE",
        ["UserPoolTier"] = UserPoolSettings.DefaultTier,
        ["UserPoolTags"] = new JsonObject(),
        ["MfaConfiguration"] = "OFF",
        ["LambdaConfig"] = new JsonObject(),
        ["IssuerConfiguration"] = new JsonObject { ["Type"] = pool.Directory.DefaultIssuerType },
        ["EmailConfiguration"] = new JsonObject { ["EmailSendingAccount"] = "COGNITO_DEFAULT" },
        [VerificationMessages.Template] = new JsonObject { ["DefaultEmailOption"] = "CONFIRM_WITH_CODE" },
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

    private static void AddDefaults(JsonObject settings, JsonObject defaults)
    {
        foreach (var (name, value) in defaults.ToList())
        {
            // A password policy of the pool replaces the default policy as a whole: a flag that the policy leaves out is off.
            if (settings[name] is JsonObject own && value is JsonObject inner && name == "Policies")
                AddDefaults(own, inner);
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
