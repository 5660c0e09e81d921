namespace CognitoM2M.Provisioning;

/// <summary>The tag that marks a user pool as one that blueprints may change.</summary>
public static class OwnershipTag
{
    /// <summary>The key of the tag.</summary>
    public const string Key = "cognito-m2m:managed";

    /// <summary>The value of the tag.</summary>
    public const string Value = "true";
}
