namespace CognitoM2M.Provisioning;

/// <summary>The tag that marks a user pool as one that blueprints may change. Its value says where the user pool comes from.</summary>
public static class OwnershipTag
{
    /// <summary>The key of the tag.</summary>
    public const string Key = "cognito-m2m:managed";

    /// <summary>The value of the tag on a user pool that was created from a blueprint. Only such a user pool is deleted when nothing else is in it.</summary>
    public const string Created = "created";

    /// <summary>The value of the tag on a user pool that existed before and was adopted. Such a user pool stays when a blueprint is destroyed.</summary>
    public const string Adopted = "adopted";

    /// <summary>The key of the tag that names the prefix domain that a blueprint has given to an adopted user pool.</summary>
    internal const string PrefixDomainKey = "cognito-m2m:prefix-domain";

    /// <summary>The key of the tag that names the custom domain that a blueprint has given to an adopted user pool.</summary>
    internal const string CustomDomainKey = "cognito-m2m:custom-domain";

    /// <summary>Whether the tag belongs to this library. A blueprint cannot set it.</summary>
    internal static bool IsReserved(string key) => key is Key or PrefixDomainKey or CustomDomainKey;
}
