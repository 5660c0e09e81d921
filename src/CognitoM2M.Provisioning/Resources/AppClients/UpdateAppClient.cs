using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Changes an app client. Reads the app client just before the update, so that the update resets no other setting.</summary>
internal sealed class UpdateAppClient(PlanStep step, AppClientBlueprint wanted, string clientId) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        var client = await run.Service.DescribeAppClientAsync(run.UserPoolId, clientId, cancellationToken).ConfigureAwait(false);
        AppClientDifference.Find(client, wanted).RequireSameAs(Step);

        var request = AppClientMerge.Merge(run.UserPoolId, client, wanted);
        await NewScopeWait.CallAsync(run, AppClientOperations.Update, request, wanted, cancellationToken).ConfigureAwait(false);
    }
}
