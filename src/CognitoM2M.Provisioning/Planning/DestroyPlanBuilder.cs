using CognitoM2M.Provisioning.Resources.Domains;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Works out the steps that delete a user pool. The domains go first, because Cognito does not delete a user pool that has a domain.</summary>
internal static class DestroyPlanBuilder
{
    public static ProvisioningPlan Build(Blueprint blueprint, UserPool? pool, DestroyOptions options)
    {
        if (pool is null)
            return new(blueprint, []) { IsDestroying = true };

        var isProtected = UserPoolDifference.IsProtected(pool);
        if (isProtected && !options.OverrideDeletionProtection)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.DeletionProtected,
                $"The user pool {pool.Id} is protected from deletion.",
                "Override the deletion protection in the options of the plan, or switch it off.");
        }

        var steps = new List<PlannedStep>();
        if (pool.Domain is not null)
            steps.Add(DeleteDomain.Plan(pool.Domain));
        if (pool.CustomDomain is not null)
            steps.Add(DeleteDomain.Plan(pool.CustomDomain));
        if (isProtected)
            steps.Add(Unprotect(pool));
        steps.Add(Delete(pool));

        return new(blueprint, steps) { IsDestroying = true, UserPool = pool.ToProvisioned() };
    }

    private static UnprotectUserPool Unprotect(UserPool pool)
    {
        var difference = new Difference();
        difference.Compare(nameof(pool.DeletionProtection), UserPoolDifference.Active, UserPoolDifference.Inactive);
        return new(difference.ToStep(PlanAction.Update, PlannedKind.UserPool, pool.Name!));
    }

    private static DeleteUserPool Delete(UserPool pool)
    {
        var difference = new Difference();
        difference.Compare(nameof(pool.Id), pool.Id, null);
        difference.AddDestructiveChange(DestructiveChanges.UserPool, "everything in the user pool is deleted with it");
        return new(difference.ToStep(PlanAction.Delete, PlannedKind.UserPool, pool.Name!));
    }
}
