using System.Text.Json;
using System.Text.Json.Nodes;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Makes the requests that create and update a user pool.</summary>
internal static class UserPoolMerge
{
    // A description has these members, and an update refuses them.
    private static readonly string[] _readOnly =
    [
        "AliasAttributes", "EmailConfigurationFailure", "LastModifiedDate", "SchemaAttributes",
        "SmsConfigurationFailure", "Status", "UsernameAttributes", "UsernameConfiguration",
    ];

    public static CreateUserPoolRequest Create(UserPoolBlueprint wanted) => new()
    {
        PoolName = wanted.Name,
        ChosenUserPoolId = wanted.Id,
        DeletionProtection = wanted.DeletionProtection is { } isProtected ? UserPoolDifference.FormatProtection(isProtected) : null,
        UserPoolTier = wanted.Tier is { } tier ? UserPoolDifference.FormatTier(tier) : null,
        UserPoolTags = new Dictionary<string, string>(wanted.Tags, StringComparer.Ordinal) { [OwnershipTag.Key] = OwnershipTag.Created },
        AdminCreateUserConfig = new() { AllowAdminCreateUserOnly = true },
        IssuerConfiguration = TokenSettings.MergeIssuer(present: null, wanted),
        // A new user pool has a key that AWS owns and no trigger, unless the request names them.
        KeyConfiguration = wanted.KmsKeyArn == UserPoolBlueprint.None ? null : TokenSettings.MergeKey(present: null, wanted),
        LambdaConfig = TokenSettings.MergeTriggers(present: null, wanted),
    };

    /// <summary>All settings of the user pool, changed to what the blueprint names. An update resets every setting that it lacks.</summary>
    public static UpdateUserPoolRequest Merge(UserPool pool, UserPoolBlueprint wanted) => new()
    {
        UserPoolId = pool.Id!,
        PoolName = pool.Name == wanted.Name ? null : wanted.Name,
        DeletionProtection = wanted.DeletionProtection is { } isProtected ? UserPoolDifference.FormatProtection(isProtected) : pool.DeletionProtection,
        UserPoolTier = wanted.Tier is { } tier ? UserPoolDifference.FormatTier(tier) : pool.UserPoolTier,
        UserPoolTags = MergeTags(pool, wanted),
        IssuerConfiguration = TokenSettings.MergeIssuer(pool.IssuerConfiguration, wanted),
        KeyConfiguration = TokenSettings.MergeKey(pool.KeyConfiguration, wanted),
        LambdaConfig = TokenSettings.MergeTriggers(pool.LambdaConfig, wanted),
        OtherMembers = TakeWritable(pool),
    };

    /// <summary>All settings of the user pool, with deletion protection switched off.</summary>
    public static UpdateUserPoolRequest Unprotect(UserPool pool) =>
        Merge(pool, new UserPoolBlueprint { Name = pool.Name!, DeletionProtection = false });

    private static IReadOnlyDictionary<string, string>? MergeTags(UserPool pool, UserPoolBlueprint wanted)
    {
        var missing = UserPoolDifference.FindMissingTags(pool, wanted);
        var surplus = UserPoolDifference.FindSurplusTags(pool, wanted);
        if (missing.Count == 0 && surplus.Count == 0)
            return pool.UserPoolTags;

        var all = (pool.UserPoolTags ?? missing).ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in missing)
            all[key] = value;
        foreach (var key in surplus)
            all.Remove(key);
        return all;
    }

    private static Dictionary<string, JsonElement>? TakeWritable(UserPool pool)
    {
        if (pool.OtherMembers is null)
            return null;

        var members = pool.OtherMembers.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);

        // One setting has two names. A description shows both, but an update refuses the older name beside the newer one.
        if (members.TryGetValue("AdminCreateUserConfig", out var users) && HasTemporaryPasswordValidity(members))
        {
            var config = JsonObject.Create(users)!;
            config.Remove("UnusedAccountValidityDays");
            using var document = JsonDocument.Parse(config.ToJsonString());
            members["AdminCreateUserConfig"] = document.RootElement.Clone();
        }

        return members;
    }

    private static bool HasTemporaryPasswordValidity(Dictionary<string, JsonElement> members) =>
        members.TryGetValue("Policies", out var policies) && policies.ValueKind == JsonValueKind.Object
        && policies.TryGetProperty("PasswordPolicy", out var password) && password.ValueKind == JsonValueKind.Object
        && password.TryGetProperty("TemporaryPasswordValidityDays", out _);
}
