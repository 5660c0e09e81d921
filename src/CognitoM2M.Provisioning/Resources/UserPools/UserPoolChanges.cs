using System.Text.Json;
using System.Text.Json.Nodes;
using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>What a user pool needs in order to be as its blueprint says.</summary>
internal static class UserPoolChanges
{
    private const string Active = "ACTIVE";
    private const string Inactive = "INACTIVE";

    // Members that a description has and an update refuses.
    private static readonly string[] _readOnly =
    [
        "AliasAttributes", "EmailConfigurationFailure", "EstimatedNumberOfUsers", "LastModifiedDate", "SchemaAttributes",
        "SmsConfigurationFailure", "Status", "UsernameAttributes", "UsernameConfiguration",
    ];

    /// <summary>What UpdateUserPool has to change.</summary>
    public static Changes Between(UserPool pool, UserPoolBlueprint wanted)
    {
        var changes = new Changes();
        changes.Compare(nameof(UpdateUserPoolRequest.PoolName), pool.Name, wanted.Name);
        if (wanted.DeletionProtection is { } isProtected)
            changes.Compare(nameof(UserPool.DeletionProtection), pool.DeletionProtection ?? Inactive, Protection(isProtected));
        if (wanted.Tier is { } tier)
            changes.Compare(nameof(UserPool.UserPoolTier), pool.UserPoolTier ?? "ESSENTIALS", Tier(tier));
        return changes;
    }

    /// <summary>What TagResource has to add or change, which has none of the traps of UpdateUserPool.</summary>
    public static IReadOnlyDictionary<string, string> MissingTags(UserPool pool, UserPoolBlueprint wanted) =>
        wanted.Tags
            .Where(tag => pool.UserPoolTags?.GetValueOrDefault(tag.Key) != tag.Value)
            .ToDictionary(StringComparer.Ordinal);

    public static bool IsOwned(UserPool pool) => pool.UserPoolTags?.GetValueOrDefault(OwnershipTag.Key) == OwnershipTag.Value;

    public static bool IsProtected(UserPool pool) => pool.DeletionProtection == Active;

    public static CreateUserPoolRequest Create(UserPoolBlueprint wanted) => new()
    {
        PoolName = wanted.Name,
        DeletionProtection = wanted.DeletionProtection is { } isProtected ? Protection(isProtected) : null,
        UserPoolTier = wanted.Tier is { } tier ? Tier(tier) : null,
        UserPoolTags = new Dictionary<string, string>(wanted.Tags, StringComparer.Ordinal) { [OwnershipTag.Key] = OwnershipTag.Value },
        AdminCreateUserConfig = new() { AllowAdminCreateUserOnly = true },
    };

    /// <summary>Everything the pool is, with the blueprint's wishes on top: an update resets what it does not name.</summary>
    public static UpdateUserPoolRequest Merge(UserPool pool, UserPoolBlueprint wanted) => new()
    {
        UserPoolId = pool.Id!,
        PoolName = pool.Name == wanted.Name ? null : wanted.Name,
        DeletionProtection = wanted.DeletionProtection is { } isProtected ? Protection(isProtected) : pool.DeletionProtection,
        UserPoolTier = wanted.Tier is { } tier ? Tier(tier) : pool.UserPoolTier,
        UserPoolTags = pool.UserPoolTags,
        IssuerConfiguration = pool.IssuerConfiguration,
        OtherMembers = Writable(pool),
    };

    /// <summary>The pool as it is, but without deletion protection.</summary>
    public static UpdateUserPoolRequest Unprotect(UserPool pool) =>
        Merge(pool, new UserPoolBlueprint { Name = pool.Name!, DeletionProtection = false });

    private static string Protection(bool isProtected) => isProtected ? Active : Inactive;

    private static string Tier(UserPoolTier tier) => tier.ToString().ToUpperInvariant();

    private static Dictionary<string, JsonElement>? Writable(UserPool pool)
    {
        if (pool.OtherMembers is null)
            return null;

        var members = pool.OtherMembers.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal);

        // One setting with two names: a description shows both, an update refuses the older one beside the newer.
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
