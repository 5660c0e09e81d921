using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

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
        var before = ResourceServerMerge.IndexScopes(server).Keys;
        run.NewScopes.UnionWith(wanted.Scopes.Select(scope => scope.Name).Except(before, StringComparer.Ordinal).Select(name => $"{wanted.Identifier}/{name}"));
    }
}
