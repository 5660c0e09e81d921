namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>Makes the requests that create and update a user pool.</summary>
internal static class UserPoolMerge
{
    // A description has these members, and an update refuses them.
    private static readonly string[] _readOnly =
    [
        "AliasAttributes", "EmailConfigurationFailure", "LastModifiedDate", "SchemaAttributes",
        "SmsConfigurationFailure", "Status", "UsernameConfiguration",
    ];

    public static CreateUserPoolRequest Create(UserPoolBlueprint wanted) => new()
    {
        PoolName = wanted.Name,
        ChosenUserPoolId = wanted.Id,
        DeletionProtection = wanted.DeletionProtection is { } isProtected ? UserPoolDifference.FormatProtection(isProtected) : null,
        UserPoolTier = wanted.Tier is { } tier ? UserPoolDifference.FormatTier(tier) : null,
        UserPoolTags = new Dictionary<string, string>(wanted.Tags, StringComparer.Ordinal) { [OwnershipTag.Key] = OwnershipTag.Created },
        UsernameAttributes = wanted.UsernameAttributes,
        AdminCreateUserConfig = new() { AllowAdminCreateUserOnly = wanted.AdminCreateUserOnly ?? true },
        Policies = SignInSettings.MergePolicies(present: null, wanted),
        IssuerConfiguration = TokenSettings.MergeIssuer(present: null, wanted),
        // A new user pool has a key that AWS owns and no trigger, unless the request names them.
        KeyConfiguration = wanted.KmsKeyArn == UserPoolBlueprint.None ? null : TokenSettings.MergeKey(present: null, wanted),
        LambdaConfig = TokenSettings.MergeTriggers(present: null, wanted),
    };

    /// <summary>All settings of the user pool, changed to what the blueprint names. An update resets every setting that it lacks.</summary>
    public static UpdateUserPoolRequest Merge(UserPool pool, UserPoolBlueprint wanted)
    {
        var policies = SignInSettings.MergePolicies(pool.Policies, wanted);
        return new()
        {
            UserPoolId = pool.Id!,
            PoolName = pool.Name == wanted.Name ? null : wanted.Name,
            DeletionProtection = wanted.DeletionProtection is { } isProtected ? UserPoolDifference.FormatProtection(isProtected) : pool.DeletionProtection,
            UserPoolTier = wanted.Tier is { } tier ? UserPoolDifference.FormatTier(tier) : pool.UserPoolTier,
            UserPoolTags = MergeTags(pool, wanted),
            IssuerConfiguration = TokenSettings.MergeIssuer(pool.IssuerConfiguration, wanted),
            KeyConfiguration = TokenSettings.MergeKey(pool.KeyConfiguration, wanted),
            LambdaConfig = TokenSettings.MergeTriggers(pool.LambdaConfig, wanted),
            AdminCreateUserConfig = DropOlderName(SignInSettings.MergeCreation(pool.AdminCreateUserConfig, wanted), policies),
            Policies = policies,
            OtherMembers = pool.OtherMembers?.Where(member => !_readOnly.Contains(member.Key, StringComparer.Ordinal)).ToDictionary(StringComparer.Ordinal),
        };
    }

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

    // One setting has two names. A description shows both, but an update refuses the older name beside the newer one.
    private static AdminCreateUserConfig? DropOlderName(AdminCreateUserConfig? config, UserPoolPolicies? policies) =>
        policies?.PasswordPolicy?.TemporaryPasswordValidityDays is null || config is null ? config : config with { UnusedAccountValidityDays = null };
}
