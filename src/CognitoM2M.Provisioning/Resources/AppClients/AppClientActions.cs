using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Creates an app client.</summary>
internal sealed class CreateAppClient(PlanStep step, AppClientBlueprint wanted) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Api.CreateUserPoolClientAsync(AppClientChanges.Create(run.PoolId, wanted), cancellationToken).ConfigureAwait(false);
        run.AddAppClient(wanted.Name, response.UserPoolClient!);
    }
}

/// <summary>Changes an app client, as it is just before.</summary>
internal sealed class UpdateAppClient(PlanStep step, AppClientBlueprint wanted, string clientId) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Api.DescribeUserPoolClientAsync(new(run.PoolId, clientId), cancellationToken).ConfigureAwait(false);
        var client = response.UserPoolClient!;
        AppClientChanges.Between(client, wanted).ThrowUnless(Step);

        await run.Api.UpdateUserPoolClientAsync(AppClientChanges.Merge(run.PoolId, client, wanted), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>
/// Deletes an app client and creates it anew: one without a secret can never be given one. Deleting comes first, so that an
/// interruption never leaves two of one name.
/// </summary>
internal sealed class ReplaceAppClient(PlanStep step, AppClientBlueprint wanted, string clientId) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await run.Api.DeleteUserPoolClientAsync(new(run.PoolId, clientId), cancellationToken).ConfigureAwait(false);
        await new CreateAppClient(Step, wanted).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes an app client.</summary>
internal sealed class DeleteAppClient(PlanStep step, string clientId) : PlannedAction(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Api.DeleteUserPoolClientAsync(new(run.PoolId, clientId), cancellationToken);
}
