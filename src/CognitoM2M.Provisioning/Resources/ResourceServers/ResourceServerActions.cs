using CognitoM2M.Provisioning.Api;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Creates a resource server.</summary>
internal sealed class CreateResourceServer(PlanStep step, ResourceServerBlueprint wanted) : PlannedAction(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Api.CreateResourceServerAsync(ResourceServerChanges.Create(run.PoolId, wanted), cancellationToken);
}

/// <summary>Changes a resource server, as it is just before.</summary>
internal sealed class UpdateResourceServer(PlanStep step, ResourceServerBlueprint wanted) : PlannedAction(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Api.DescribeResourceServerAsync(new(run.PoolId, wanted.Identifier), cancellationToken).ConfigureAwait(false);
        var server = response.ResourceServer ?? new ResourceServer();
        ResourceServerChanges.Between(server, wanted).ThrowUnless(Step);

        await run.Api.UpdateResourceServerAsync(ResourceServerChanges.Merge(run.PoolId, server, wanted), cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Deletes a resource server.</summary>
internal sealed class DeleteResourceServer(PlanStep step) : PlannedAction(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Api.DeleteResourceServerAsync(new(run.PoolId, Step.Name), cancellationToken);
}
