using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>Lists the operations that provisioning calls for a blueprint, by the user pools on which they are needed.</summary>
internal static class RequiredOperations
{
    /// <summary>The operations that are needed on every user pool, or on the one that is known.</summary>
    public static IEnumerable<Operation> List(Blueprint blueprint, PolicyOptions options)
    {
        var operations = ListForReading(blueprint);
        if (options.AllowApply)
            operations = operations.Concat(ListForApplying(blueprint, options));
        if (options.AllowRotation)
            operations = operations.Append(AppClientOperations.AddSecret);
        if (options.AllowRotation && HasUserPoolId(blueprint, options))
            operations = operations.Append(AppClientOperations.DeleteSecret);

        return operations.Distinct();
    }

    /// <summary>The operations that delete something and leave the user pool. They are needed on user pools that blueprints may change.</summary>
    public static IEnumerable<Operation> ListForManaged(Blueprint blueprint, PolicyOptions options)
    {
        if (options.AllowRotation && !HasUserPoolId(blueprint, options))
            yield return AppClientOperations.DeleteSecret;
        if (!options.AllowDelete)
            yield break;

        yield return ResourceServerOperations.Delete;
        yield return AppClientOperations.Delete;
        if (blueprint.UserPool.External)
            yield break;

        yield return DomainOperations.Delete;
    }

    /// <summary>The operations that change a user pool, its tags included. They are needed on user pools that blueprints may change.</summary>
    public static IEnumerable<Operation> ListForChanging(Blueprint blueprint, PolicyOptions options)
    {
        if (blueprint.UserPool.External || !(options.AllowApply || options.AllowDelete))
            yield break;

        // Destroying switches deletion protection off.
        yield return UserPoolOperations.Update;
        if (options.AllowApply)
            yield return UserPoolOperations.Tag;
        if (options.AllowDelete || blueprint.UserPool.RemovedTags is { Count: > 0 })
            yield return UserPoolOperations.Untag;
    }

    /// <summary>The operations that mark a user pool as one that blueprints may change.</summary>
    public static IEnumerable<Operation> ListForAdopting(Blueprint blueprint, PolicyOptions options) =>
        options is { AllowApply: true, AllowAdoption: true } && !blueprint.UserPool.External ? [UserPoolOperations.Tag] : [];

    /// <summary>The operations that delete a user pool, and those that show that nothing is lost with it. They are needed on user pools that blueprints have created.</summary>
    public static IEnumerable<Operation> ListForCreated(Blueprint blueprint, PolicyOptions options) =>
        options.AllowDelete && !blueprint.UserPool.External
            ? [UserPoolOperations.Delete, UserPoolOperations.ListGroups, UserPoolOperations.ListIdentityProviders, UserPoolOperations.ListUsers]
            : [];

    public static bool HasUserPoolId(Blueprint blueprint, PolicyOptions options) => (options.UserPoolId ?? blueprint.UserPool.Id) is not null;

    private static IEnumerable<Operation> ListForReading(Blueprint blueprint)
    {
        // With an id in the blueprint, the user pool is never searched by name.
        if (blueprint.UserPool.Id is null)
            yield return UserPoolOperations.List;
        yield return UserPoolOperations.Describe;
        yield return ResourceServerOperations.List;
        yield return AppClientOperations.List;
        yield return AppClientOperations.Describe;
        yield return AppClientOperations.ListSecrets;
        // The commands import and doctor read the domains of the user pool even if the blueprint has none.
        yield return DomainOperations.Describe;
    }

    private static IEnumerable<Operation> ListForApplying(Blueprint blueprint, PolicyOptions options)
    {
        if (!blueprint.UserPool.External && !HasUserPoolId(blueprint, options))
            yield return UserPoolOperations.Create;

        yield return ResourceServerOperations.Create;
        yield return ResourceServerOperations.Describe;
        yield return ResourceServerOperations.Update;
        yield return AppClientOperations.Create;
        yield return AppClientOperations.Update;
        if (blueprint.Domain is not null && !blueprint.UserPool.External)
            yield return DomainOperations.Create;
        if (blueprint.Domain is { Custom: not null } or { PrefixManagedLoginVersion: not null } && !blueprint.UserPool.External)
            yield return DomainOperations.Update;
    }
}
