using CognitoM2M.Provisioning.Resources.AppClients;
using CognitoM2M.Provisioning.Resources.UserPools;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Applying;

/// <summary>Looks, after the last step, for what another run has created at the same time.</summary>
internal static class OverlapCheck
{
    public static async Task RunAsync(PlanRun run, Blueprint blueprint, CancellationToken cancellationToken)
    {
        if (run.HasNewUserPool)
            await new UserPoolDuplicateCheck(run, blueprint.UserPool).LookAtEndAsync(cancellationToken).ConfigureAwait(false);
        await new AppClientDuplicateCheck(blueprint.AppClients).LookAtEndAsync(run, cancellationToken).ConfigureAwait(false);
        await run.StoreSecretsAsync(includeUnconfirmed: true).ConfigureAwait(false);
    }
}
