using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Deletes an app client. An app client that is already gone is no error.</summary>
internal sealed class DeleteAppClient(PlanStep step, string clientId) : PlannedStep(step)
{
    /// <summary>Plans the deletion of an app client.</summary>
    public static DeleteAppClient Plan(UserPoolClientDescription client)
    {
        var difference = new Difference();
        difference.Compare(nameof(client.ClientId), client.ClientId, null);
        difference.AddDestructiveChange(DestructiveChanges.AppClient, $"client id {client.ClientId} is lost");
        return new(difference.ToStep(PlanAction.Delete, PlannedKind.AppClient, client.ClientName!), client.ClientId!);
    }

    public override Task RunAsync(PlanRun run, CancellationToken cancellationToken) => AppClientRemoval.RunAsync(run, clientId, cancellationToken);
}
