using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Compares a user pool with its blueprint.</summary>
internal static class UserPoolDifference
{
    public const string Active = "ACTIVE";
    public const string Inactive = "INACTIVE";

    /// <summary>Every difference, tags included.</summary>
    public static Difference Find(UserPool pool, UserPoolBlueprint wanted)
    {
        var difference = FindInSettings(pool, wanted);
        SignInSettings.CompareUsernameAttributes(difference, pool, wanted);
        foreach (var (key, value) in FindMissingTags(pool, wanted))
            difference.Compare($"tag {key}", pool.UserPoolTags?.GetValueOrDefault(key), value);
        foreach (var key in FindSurplusTags(pool, wanted))
            difference.Compare($"tag {key}", pool.UserPoolTags![key], null);
        return difference;
    }

    /// <summary>The settings of a new user pool, with the defaults that users should know.</summary>
    public static Difference ListSettings(UserPoolBlueprint wanted)
    {
        var settings = Find(new UserPool(), wanted).ToSettings();
        if (wanted.Id is { } id)
            settings.Compare(nameof(UserPool.Id), null, id);
        settings.AddDefault(nameof(UserPool.DeletionProtection), Inactive);
        settings.AddDefault(nameof(UserPool.UserPoolTier), FormatTier(UserPoolTier.Essentials));
        settings.AddDefault(nameof(AdminCreateUserConfig.AllowAdminCreateUserOnly), "true");
        settings.AddDefault($"tag {OwnershipTag.Key}", OwnershipTag.Created);
        return settings;
    }

    /// <summary>The differences that only UpdateUserPool can remove.</summary>
    public static Difference FindInSettings(UserPool pool, UserPoolBlueprint wanted)
    {
        var difference = new Difference();
        difference.Compare(nameof(UpdateUserPoolRequest.PoolName), pool.Name, wanted.Name);
        if (wanted.DeletionProtection is { } isProtected)
            difference.Compare(nameof(UserPool.DeletionProtection), pool.DeletionProtection ?? Inactive, FormatProtection(isProtected));
        if (wanted.Tier is { } tier)
            difference.Compare(nameof(UserPool.UserPoolTier), pool.UserPoolTier ?? "ESSENTIALS", FormatTier(tier));
        TokenSettings.Compare(difference, pool, wanted);
        SignInSettings.Compare(difference, pool, wanted);
        return difference;
    }

    /// <summary>The tags to add or to change. TagResource does this without the risk of UpdateUserPool, which resets settings that it lacks.</summary>
    public static IReadOnlyDictionary<string, string> FindMissingTags(UserPool pool, UserPoolBlueprint wanted) =>
        wanted.Tags
            .Where(tag => pool.UserPoolTags?.GetValueOrDefault(tag.Key) != tag.Value)
            .ToDictionary(StringComparer.Ordinal);

    /// <summary>The keys of the tags to remove.</summary>
    public static IReadOnlyList<string> FindSurplusTags(UserPool pool, UserPoolBlueprint wanted) =>
        [.. (wanted.RemovedTags ?? []).Where(key => pool.UserPoolTags?.ContainsKey(key) == true)];

    public static bool IsProtected(UserPool pool) => pool.DeletionProtection == Active;

    public static string FormatProtection(bool isProtected) => isProtected ? Active : Inactive;

    public static string FormatTier(UserPoolTier tier) => tier.ToString().ToUpperInvariant();
}
