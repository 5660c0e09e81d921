using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.ResourceServers;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Policies;

/// <summary>Lists the operations that provisioning calls for a blueprint.</summary>
internal static class RequiredOperations
{
    public static IEnumerable<Operation> List(Blueprint blueprint, PolicyOptions options)
    {
        var operations = ListForReading(blueprint, options);
        if (options.AllowApply)
            operations = operations.Concat(ListForApplying(blueprint, options));
        if (options.AllowDelete)
            operations = operations.Concat(_deleting);
        if (options.AllowRotation)
            operations = operations.Concat([AppClientOperations.AddSecret, AppClientOperations.DeleteSecret]);

        return operations.Distinct();
    }

    private static readonly Operation[] _deleting =
    [
        UserPoolOperations.Delete, DomainOperations.Delete, ResourceServerOperations.Delete, AppClientOperations.Delete,
        // Switches deletion protection off.
        UserPoolOperations.Update,
    ];

    private static IEnumerable<Operation> ListForReading(Blueprint blueprint, PolicyOptions options)
    {
        // With an id in the blueprint, the user pool is never searched by name.
        if (blueprint.UserPool.Id is null)
            yield return UserPoolOperations.List;
        yield return UserPoolOperations.Describe;
        yield return ResourceServerOperations.List;
        yield return AppClientOperations.List;
        yield return AppClientOperations.Describe;
        yield return AppClientOperations.ListSecrets;
        if (blueprint.Domain is not null || options.AllowDelete)
            yield return DomainOperations.Describe;
    }

    private static IEnumerable<Operation> ListForApplying(Blueprint blueprint, PolicyOptions options)
    {
        if (options.UserPoolId is null && blueprint.UserPool.Id is null)
            yield return UserPoolOperations.Create;
        yield return UserPoolOperations.Update;
        yield return UserPoolOperations.Tag;
        if (blueprint.UserPool.RemovedTags is { Count: > 0 })
            yield return UserPoolOperations.Untag;
        yield return ResourceServerOperations.Create;
        yield return ResourceServerOperations.Describe;
        yield return ResourceServerOperations.Update;
        yield return AppClientOperations.Create;
        yield return AppClientOperations.Update;
        if (blueprint.Domain is not null)
            yield return DomainOperations.Create;
        if (blueprint.Domain is { Custom: not null } or { PrefixManagedLoginVersion: not null })
            yield return DomainOperations.Update;
    }
}
