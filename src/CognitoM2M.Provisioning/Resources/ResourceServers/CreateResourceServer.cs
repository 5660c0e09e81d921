using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

/// <summary>Creates a resource server. Identifiers are unique within a user pool, so Cognito refuses a second create.</summary>
internal sealed class CreateResourceServer(PlanStep step, ResourceServerBlueprint wanted) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        try
        {
            var request = ResourceServerMerge.Create(run.UserPoolId, wanted);
            var response = await run.Service.CallAsync(ResourceServerOperations.Create, request, cancellationToken).ConfigureAwait(false);
            await RequireAsWantedAsync(run, response.ResourceServer!, cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error != ProvisioningError.DifferentResult)
        {
            var exists = await UnconfirmedCreate
                .HasSucceededAsync(run, e, Step, async () => Compare(await ReadAsync(run, cancellationToken).ConfigureAwait(false)))
                .ConfigureAwait(false);
            if (!exists)
                throw;
        }

        run.NewScopes.UnionWith(wanted.Scopes.Select(scope => $"{wanted.Identifier}/{scope.Name}"));
    }

    private async Task RequireAsWantedAsync(PlanRun run, ResourceServer answered, CancellationToken cancellationToken)
    {
        // An answer may leave members out. The description has all of them.
        if (!Compare(answered).IsEmpty)
            Compare(await ReadAsync(run, cancellationToken).ConfigureAwait(false)).RequireNone(Step);
    }

    private Difference Compare(ResourceServer server)
    {
        var difference = ResourceServerDifference.Find(server, wanted);
        difference.Compare(nameof(server.Identifier), server.Identifier, wanted.Identifier);
        return difference;
    }

    private async Task<ResourceServer> ReadAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var response = await run.Service
            .CallAsync(ResourceServerOperations.Describe, new(run.UserPoolId, wanted.Identifier), cancellationToken)
            .ConfigureAwait(false);
        return response.ResourceServer!;
    }
}
