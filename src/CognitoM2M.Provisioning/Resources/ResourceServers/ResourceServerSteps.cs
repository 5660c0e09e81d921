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

/// <summary>Deletes a resource server. A resource server that is already gone is no error.</summary>
internal sealed class DeleteResourceServer(PlanStep step) : PlannedStep(step)
{
    /// <summary>Plans the deletion of a resource server.</summary>
    /// <param name="server">The resource server.</param>
    /// <param name="losers">The app clients that stay and lose scopes, in words.</param>
    public static DeleteResourceServer Plan(ResourceServer server, IReadOnlyList<string> losers)
    {
        var difference = ResourceServerDifference.Find(server, new() { Identifier = server.Identifier! });
        difference.Compare(nameof(server.Identifier), server.Identifier, null);
        difference.AddDestructiveChange(DestructiveChanges.ResourceServer, "the resource server is lost");
        if (losers.Count > 0)
            difference.AddDestructiveChange(DestructiveChanges.Scope, $"its scopes are in use by {string.Join(", ", losers)}");
        return new(difference.ToStep(PlanAction.Delete, PlannedKind.ResourceServer, server.Identifier!));
    }

    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        try
        {
            await run.Service.CallAsync(ResourceServerOperations.Delete, new(run.UserPoolId, Step.Name), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the resource server.
        }
    }
}
