using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Works out the steps that remove a user pool: its domains first, because a pool with a domain cannot be deleted.</summary>
internal static class DestroyPlanBuilder
{
    public static ProvisioningPlan Build(Blueprint blueprint, UserPool? pool, DestroyOptions options)
    {
        if (pool is null)
            return new(blueprint, []) { IsDestroying = true };

        var isProtected = UserPoolChanges.IsProtected(pool);
        if (isProtected && !options.OverrideDeletionProtection)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.DeletionProtected, $"The user pool {pool.Id} is protected from deletion.", "Ask for the protection to be overridden, or switch it off.");
        }

        var actions = new List<PlannedAction>();
        if (pool.Domain is not null)
            actions.Add(PlanBuilder.Delete(pool.Domain));
        if (pool.CustomDomain is not null)
            actions.Add(PlanBuilder.Delete(pool.CustomDomain));
        if (isProtected)
            actions.Add(Unprotect(pool));
        actions.Add(Delete(pool));

        return new(blueprint, actions) { IsDestroying = true, Existing = Nothing(pool) };
    }

    private static UnprotectUserPool Unprotect(UserPool pool)
    {
        var changes = new Changes();
        changes.Compare(nameof(pool.DeletionProtection), "ACTIVE", "INACTIVE");
        return new(changes.ToStep(PlanAction.Update, PlannedKind.UserPool, pool.Name!));
    }

    private static DeleteUserPool Delete(UserPool pool)
    {
        var changes = new Changes();
        changes.Compare(nameof(pool.Id), pool.Id, null);
        changes.Lose(ProvisioningLosses.UserPool, "everything in the user pool is deleted with it");
        return new(changes.ToStep(PlanAction.Delete, PlannedKind.UserPool, pool.Name!));
    }

    private static ExistingSetup Nothing(UserPool pool) => new()
    {
        Pool = pool,
        ResourceServers = new Dictionary<string, ResourceServer>(StringComparer.Ordinal),
        AppClients = new Dictionary<string, ExistingAppClient>(StringComparer.Ordinal),
        OtherAppClients = [],
    };
}
