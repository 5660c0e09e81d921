using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Creates an app client.</summary>
internal sealed class CreateAppClient(PlanStep step, AppClientBlueprint wanted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Service
            .CallAsync(AppClientOperations.Create, AppClientMerge.Create(run.UserPoolId, wanted), cancellationToken)
            .ConfigureAwait(false);
        run.AddNewAppClient(response.UserPoolClient!.ToProvisioned(wanted.Name));
    }
}

/// <summary>Changes an app client. Reads the app client just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateAppClient(PlanStep step, AppClientBlueprint wanted, string clientId) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var client = await run.Service.DescribeAppClientAsync(run.UserPoolId, clientId, cancellationToken).ConfigureAwait(false);
        AppClientDifference.Find(client, wanted).RequireSameAs(Step);

        await run.Service
            .CallAsync(AppClientOperations.Update, AppClientMerge.Merge(run.UserPoolId, client, wanted), cancellationToken)
            .ConfigureAwait(false);
    }
}

/// <summary>
/// Deletes an app client without a secret and creates it again, because Cognito never adds a first secret. The deletion comes first, so
/// that an interrupted run never leaves two app clients with the same name.
/// </summary>
internal sealed class ReplaceAppClient(PlanStep step, AppClientBlueprint wanted, string clientId) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await run.Service.CallAsync(AppClientOperations.Delete, new(run.UserPoolId, clientId), cancellationToken).ConfigureAwait(false);
        await new CreateAppClient(Step, wanted).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes an app client.</summary>
internal sealed class DeleteAppClient(PlanStep step, string clientId) : PlannedStep(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(AppClientOperations.Delete, new(run.UserPoolId, clientId), cancellationToken);
}
