using System.Collections.ObjectModel;
using System.Text.Json;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Shared;

namespace CognitoM2M.Provisioning.Importing;

/// <summary>Describes a user pool and its tags as a blueprint does.</summary>
internal sealed class UserPoolImport(UserPool pool, ImportNotes notes)
{
    private const int MostTags = 49;

    // Members of a description that are no settings.
    private static readonly string[] _notSettings =
        ["EmailConfigurationFailure", "EstimatedNumberOfUsers", "LastModifiedDate", "SmsConfigurationFailure", "Status"];

    /// <exception cref="CognitoProvisioningException">The user pool has a name that no blueprint can hold.</exception>
    public UserPoolBlueprint Create()
    {
        var blueprint = new UserPoolBlueprint
        {
            Name = pool.Name!,
            Id = pool.Id,
            DeletionProtection = UserPoolDifference.IsProtected(pool),
            Issuer = FindIssuer(),
        };
        RequireValid(blueprint);
        blueprint = TakeIfValid(blueprint, "UserPoolTier", pool.UserPoolTier, FindTier() is { } tier ? blueprint with { Tier = tier } : null);
        blueprint = TakeIfValid(blueprint, "KeyConfiguration", pool.KeyConfiguration?.KmsKeyArn, blueprint with { KmsKeyArn = pool.KeyConfiguration?.KmsKeyArn });
        blueprint = TakeTrigger(blueprint);
        blueprint = TakeSignInSettings(blueprint);
        AddOtherSettings();
        return TakeTags(blueprint);
    }

    /// <exception cref="CognitoProvisioningException">The user pool has a name that no blueprint can hold.</exception>
    public static void RequireValid(UserPoolBlueprint blueprint)
    {
        if (BlueprintProbe.Check(blueprint) is { Count: > 0 } problems)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.Refused,
                $"A blueprint cannot describe user pool {blueprint.Id} '{OneLine.Show(blueprint.Name)}': {string.Join("; ", problems)}.",
                "Rename the user pool.");
        }
    }

    private UserPoolBlueprint TakeIfValid(UserPoolBlueprint without, string member, string? value, UserPoolBlueprint? with)
    {
        if (value is null)
            return without;
        if (with is not null && BlueprintProbe.Check(with).Count == 0 && UserPoolDifference.FindInSettings(pool, with).IsEmpty)
            return with;

        notes.Add("user pool", $"{member} is {value}");
        return without;
    }

    private UserPoolTier? FindTier()
    {
        foreach (var tier in Enum.GetValues<UserPoolTier>())
        {
            if (UserPoolDifference.FormatTier(tier) == pool.UserPoolTier)
                return tier;
        }

        return null;
    }

    private IssuerForm? FindIssuer()
    {
        switch (pool.IssuerConfiguration?.Type)
        {
            case TokenSettings.OriginalIssuer:
                return IssuerForm.Original;
            case TokenSettings.UpdatedIssuer:
                return IssuerForm.Updated;
            case { } other:
                notes.Add("user pool", $"IssuerConfiguration is {other}");
                return null;
            default:
                return null;
        }
    }

    private UserPoolBlueprint TakeTrigger(UserPoolBlueprint blueprint)
    {
        var trigger = pool.LambdaConfig?.PreTokenGenerationConfig;
        var function = trigger?.LambdaArn ?? pool.LambdaConfig?.PreTokenGeneration;
        var version = trigger?.LambdaVersion ?? "V1_0";
        return TakeIfValid(blueprint, "PreTokenGenerationConfig", function is null ? null : $"{function} ({version})", blueprint with { PreTokenGenerationArn = function });
    }

    private UserPoolBlueprint TakeSignInSettings(UserPoolBlueprint blueprint)
    {
        blueprint = blueprint with { AdminCreateUserOnly = pool.AdminCreateUserConfig?.AllowAdminCreateUserOnly };
        if (pool.UsernameAttributes is { Count: > 0 } attributes)
            blueprint = TakeIfValid(blueprint, "UsernameAttributes", string.Join(", ", attributes), blueprint with { UsernameAttributes = attributes });
        return SignInSettings.Describe(pool.Policies?.PasswordPolicy) is { } policy
            ? TakeIfValid(blueprint, "PasswordPolicy", "one that no blueprint can hold", blueprint with { PasswordPolicy = policy })
            : blueprint;
    }

    private UserPoolBlueprint TakeTags(UserPoolBlueprint blueprint)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in (pool.UserPoolTags ?? ReadOnlyDictionary<string, string>.Empty).OrderBy(tag => tag.Key, StringComparer.Ordinal))
        {
            if (OwnershipTag.IsReserved(key))
                continue;

            var alone = new Dictionary<string, string>(StringComparer.Ordinal) { [key] = value };
            if (BlueprintProbe.Check(new UserPoolBlueprint { Name = blueprint.Name, Tags = alone }) is { Count: > 0 } problems)
                notes.Add($"tag '{OneLine.Show(key)}'", problems);
            else if (tags.Count == MostTags)
                notes.Add($"tag '{OneLine.Show(key)}'", $"a blueprint has at most {MostTags} tags");
            else
                tags.Add(key, value);
        }

        return blueprint with { Tags = tags };
    }

    private void AddOtherSettings()
    {
        var settings = (pool.OtherMembers ?? ReadOnlyDictionary<string, JsonElement>.Empty)
            .Where(member => !_notSettings.Contains(member.Key, StringComparer.Ordinal) && !IsEmpty(member.Value))
            .Select(member => member.Key);
        var triggers = ListMembers("LambdaConfig", pool.LambdaConfig?.OtherMembers);
        notes.AddSettings("user pool", settings.Concat(triggers).Concat(ListMembers("AdminCreateUserConfig", pool.AdminCreateUserConfig?.OtherMembers)).Concat(ListMembers("Policies", pool.Policies?.OtherMembers)));
    }

    private static IEnumerable<string> ListMembers(string setting, IDictionary<string, JsonElement>? members) =>
        members?.Where(member => !IsEmpty(member.Value)).Select(member => $"{setting}.{member.Key}") ?? [];

    private static bool IsEmpty(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => true,
        JsonValueKind.Object => value.GetPropertyCount() == 0,
        JsonValueKind.Array => value.GetArrayLength() == 0,
        _ => false,
    };
}
