using CognitoM2M.Emulator.Pools;
using CognitoM2M.Emulator.Protocol;
using CognitoM2M.Emulator.Users;

namespace CognitoM2M.Emulator.Operations.UserPools;

/// <summary>Cognito's rules for settings of a user pool that must fit each other.</summary>
internal static class UserPoolRules
{
    private const string Lite = "LITE";

    /// <exception cref="RefusedException">The settings break a rule.</exception>
    public static void Check(UserPoolSettings settings)
    {
        TagRules.Check(settings.Tags, "UserPoolTaggingException");
        if (settings.Tier != "PLUS" && FindText(settings, "UserPoolAddOns", "AdvancedSecurityMode") is "AUDIT" or "ENFORCED")
            throw Unavailable("AdvancedSecurityMode AUDIT and ENFORCED need the tier PLUS.");

        CheckTrigger(settings);
        CheckMfa(settings);
        var members = settings.Members.ToJson();
        SchemaRules.Check(members[UserPoolSettings.SchemaMember]?.AsArray(), members[UserPoolSettings.AddedAttributesMember]?.AsArray());
        if (settings.Tier == Lite && settings.Members.Find("Policies", "PasswordPolicy", "PasswordHistorySize")?.GetInt32() > 0)
            throw Unavailable("PasswordHistorySize needs the tier ESSENTIALS or PLUS.");
        if (FindText(settings, "KeyConfiguration", "KeyType") == "CUSTOMER_MANAGED_KEY" && FindText(settings, "KeyConfiguration", "KmsKeyArn") is null)
            throw RefusedException.InvalidParameter("KmsKeyArn is required if KeyType is CUSTOMER_MANAGED_KEY.");
    }

    // UpdateUserPool repeats the mode, and the factors of SetUserPoolMfaConfig stay as they are.
    private static void CheckMfa(UserPoolSettings settings)
    {
        if (settings.MfaMode == UserPoolSettings.MfaForAll && settings.Members.Find("SmsConfiguration") is null && !MfaFactors.HasAny(settings.MfaDetails))
            throw MfaFactors.CreateMissing();
    }

    // The trigger has an older and a newer member. Both must name the same function.
    private static void CheckTrigger(UserPoolSettings settings)
    {
        var older = FindText(settings, "LambdaConfig", "PreTokenGeneration");
        var newer = FindText(settings, "LambdaConfig", "PreTokenGenerationConfig", "LambdaArn");
        if (older is not null && newer is not null && older != newer)
            throw RefusedException.InvalidParameter("PreTokenGeneration and the LambdaArn of PreTokenGenerationConfig must be the same.");

        var version = FindText(settings, "LambdaConfig", "PreTokenGenerationConfig", "LambdaVersion");
        if (settings.Tier == Lite && version is "V2_0" or "V3_0")
            throw Unavailable($"The trigger version {version} needs the tier ESSENTIALS or PLUS.");
    }

    private static string? FindText(UserPoolSettings settings, string name, params ReadOnlySpan<string> path) => settings.Members.Find(name, path)?.GetString();

    private static RefusedException Unavailable(string message) => new("FeatureUnavailableInTierException", message);
}
