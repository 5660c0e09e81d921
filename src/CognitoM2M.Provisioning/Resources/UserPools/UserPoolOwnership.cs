namespace CognitoM2M.Provisioning.Resources.UserPools;

/// <summary>What the tags of a user pool say about where the user pool and its domains come from.</summary>
internal static class UserPoolOwnership
{
    /// <summary>Whether blueprints may change the user pool.</summary>
    public static bool IsManaged(UserPool pool) => FindTag(pool, OwnershipTag.Key) is OwnershipTag.Created or OwnershipTag.Adopted;

    /// <summary>Whether the user pool was created from a blueprint.</summary>
    public static bool WasCreated(UserPool pool) => FindTag(pool, OwnershipTag.Key) == OwnershipTag.Created;

    /// <summary>Whether the domain was created from a blueprint.</summary>
    public static bool WasDomainCreated(UserPool pool, string domain) =>
        WasCreated(pool) || FindTag(pool, FindDomainKey(pool, domain)) == domain;

    /// <summary>The key of the tag that names a domain of the user pool.</summary>
    public static string FindDomainKey(UserPool pool, string domain) =>
        domain == pool.CustomDomain ? OwnershipTag.CustomDomainKey : OwnershipTag.PrefixDomainKey;

    public static string? FindTag(UserPool pool, string key) => pool.UserPoolTags?.GetValueOrDefault(key);
}
