using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Creates a resource server.</summary>
internal sealed class CreateResourceServer(PlanStep step, ResourceServerBlueprint wanted) : PlannedStep(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(ResourceServerOperations.Create, ResourceServerMerge.Create(run.UserPoolId, wanted), cancellationToken);
}

/// <summary>Changes a resource server. Reads the resource server just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateResourceServer(PlanStep step, ResourceServerBlueprint wanted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Service
            .CallAsync(ResourceServerOperations.Describe, new(run.UserPoolId, wanted.Identifier), cancellationToken)
            .ConfigureAwait(false);
        var server = response.ResourceServer ?? new ResourceServer();
        ResourceServerDifference.Find(server, wanted).RequireSameAs(Step);

        await run.Service
            .CallAsync(ResourceServerOperations.Update, ResourceServerMerge.Merge(run.UserPoolId, server, wanted), cancellationToken)
            .ConfigureAwait(false);
    }
}

/// <summary>Deletes a resource server.</summary>
internal sealed class DeleteResourceServer(PlanStep step) : PlannedStep(step)
{
    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) =>
        run.Service.CallAsync(ResourceServerOperations.Delete, new(run.UserPoolId, Step.Name), cancellationToken);
}
