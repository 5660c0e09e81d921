using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>
/// Deletes an app client without a secret and creates it again, because Cognito never adds a first secret. The deletion comes first, so
/// that an interrupted run never leaves two app clients with the same name.
/// </summary>
internal sealed class ReplaceAppClient(PlanStep step, AppClientBlueprint wanted, AppClientDuplicateCheck look, string clientId) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await AppClientRemoval.RunAsync(run, clientId, cancellationToken).ConfigureAwait(false);
        await new CreateAppClient(Step, wanted, look, clientId).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}
