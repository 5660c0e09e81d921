using CognitoM2M.Provisioning.Policies;

namespace CognitoM2M.Provisioning;

/// <summary>The IAM permissions that provisioning needs.</summary>
public static class ProvisioningPolicy
{
    /// <summary>Creates the IAM policy document with the least permissions that provisioning needs for a blueprint.</summary>
    /// <param name="blueprint">The blueprint.</param>
    /// <param name="options">Narrows the policy; by default the policy allows everything that provisioning can do with the blueprint.</param>
    /// <returns>Indented JSON text.</returns>
    /// <remarks>
    /// The smallest resource in IAM is the user pool: a caller that may read one app client of a user pool may read the secrets of all its app
    /// clients. Deletions are allowed only on user pools with the tag <see cref="OwnershipTag.Key"/>, and the deletion of a user pool only if the tag
    /// says that it was created from a blueprint. The tag can only be set if <see cref="PolicyOptions.AllowAdoption"/> allows it. Once the user pool exists, set <see cref="PolicyOptions.UserPoolId"/>, because a policy without the id covers every user pool.
    /// </remarks>
    /// <exception cref="BlueprintException">The blueprint is not valid.</exception>
    /// <exception cref="ArgumentException">The user pool is external, its id is not known, and the policy allows changes; or the path or the key for secrets is not valid, or there is a key without a path.</exception>
    public static string Create(Blueprint blueprint, PolicyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        blueprint.ThrowIfInvalid();
        options ??= new();
        SecretStatements.ThrowIfInvalid(options);
        if (NeedsUserPoolId(blueprint, options))
            throw new ArgumentException("The user pool is external, so it has no tag that limits the policy to it. Set UserPoolId, or userPool.id in the blueprint.", nameof(options));
        return PolicyDocument.Write(blueprint, options);
    }

    /// <summary>Creates the IAM policy document for a caller, such as a pipeline, that may only create, find and delete temporary users.</summary>
    /// <param name="options">
    /// Region, account and user pool. Without <see cref="PolicyOptions.UserPoolId"/> the policy covers the user pools with the tag
    /// <see cref="OwnershipTag.Key"/>. The other options have no effect.
    /// </param>
    /// <returns>Indented JSON text.</returns>
    /// <remarks>
    /// IAM cannot tell users apart by name: a caller with this policy may change the password of every user of the user pool, and delete every user. So use a user
    /// pool that has no other users. The caller must name the user pool by its id.
    /// </remarks>
    public static string CreateForTemporaryUsers(PolicyOptions? options = null) => TemporaryUserPolicy.Write(options ?? new());

    private static bool NeedsUserPoolId(Blueprint blueprint, PolicyOptions options) =>
        blueprint.UserPool.External && !RequiredOperations.HasUserPoolId(blueprint, options)
        && (options.AllowApply || options.AllowDelete || options.AllowRotation);
}
