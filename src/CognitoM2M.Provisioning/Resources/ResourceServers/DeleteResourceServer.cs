using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.ResourceServers;

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
