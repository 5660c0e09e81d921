using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Service;

namespace CognitoM2M.Provisioning.Planning;

/// <summary>Reads what exists and works out the steps that lead to a blueprint.</summary>
/// <param name="blueprint">The blueprint.</param>
/// <param name="options">Whether to adopt and to prune.</param>
/// <param name="service">The user pools API.</param>
/// <param name="progress">Receives reports of what is being read.</param>
/// <param name="isEmulator">Whether the API is one of an emulator, which creates a user pool with the id of the blueprint.</param>
internal sealed class Planner(Blueprint blueprint, PlanOptions options, IUserPoolService service, ProgressReport progress, bool isEmulator)
{
    public async Task<ProvisioningPlan> PlanAsync(CancellationToken cancellationToken)
    {
        if (blueprint.UserPool.External && options.Prune)
        {
            throw new CognitoProvisioningException(
                ProvisioningError.DestructiveChangeNotAllowed,
                "The blueprint calls the user pool external, so pruning would delete what belongs to others.",
                "Leave out --prune (in C#: PlanOptions.Prune).");
        }

        var pool = await FindUserPoolAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await PlanAsync(pool, cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.DomainTaken && pool is null)
        {
            // Another run may have created the user pool and its domain since the search for the user pool.
            pool = await FindUserPoolAsync(cancellationToken).ConfigureAwait(false);
            if (pool is null)
                throw;
        }

        return await PlanAsync(pool, cancellationToken).ConfigureAwait(false);
    }

    private async Task<UserPool?> FindUserPoolAsync(CancellationToken cancellationToken)
    {
        var pool = await new UserPoolFinder(service, progress).FindAsync(blueprint.UserPool, options.Adopt, cancellationToken).ConfigureAwait(false);
        var mustExist = blueprint.UserPool.External || (blueprint.UserPool.Id is not null && !isEmulator);
        return pool is null && mustExist ? throw UserPoolFinder.NotFound(blueprint.UserPool) : pool;
    }

    private async Task<ProvisioningPlan> PlanAsync(UserPool? pool, CancellationToken cancellationToken)
    {
        var existing = pool is null ? null : await new SetupReader(service, progress).ReadAsync(pool, blueprint, cancellationToken).ConfigureAwait(false);
        ExternalReferences.Check(blueprint, existing, isEmulator);
        return await new PlanBuilder(blueprint, existing, service, progress, options).BuildAsync(cancellationToken).ConfigureAwait(false);
    }
}
