using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Creates an app client, unless another run has created it since the plan was made.</summary>
/// <param name="step">The step.</param>
/// <param name="wanted">The app client.</param>
/// <param name="look">Looks for app clients of the same name.</param>
/// <param name="replacedId">The id of the app client that the new one replaces; null if there is none.</param>
internal sealed class CreateAppClient(PlanStep step, AppClientBlueprint wanted, AppClientLook look, string? replacedId = null) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        if (await look.TryUseOtherAsync(run, wanted, replacedId, cancellationToken).ConfigureAwait(false))
            return;

        var given = run.GivenSecrets.GetValueOrDefault(wanted.Name);
        var chosenId = run.IsEmulator ? wanted.Id : null;
        var request = AppClientMerge.Create(run.UserPoolId, wanted, given, chosenId);
        var response = await NewScopeWait.CallAsync(run, AppClientOperations.Create, request, wanted, cancellationToken).ConfigureAwait(false);
        // The answer need not repeat a secret that the request has given. A secret that the answer shows is the right one.
        var shown = response.UserPoolClient!;
        var created = shown with { ClientSecret = string.IsNullOrEmpty(shown.ClientSecret) ? given : shown.ClientSecret };
        if (chosenId is not null && chosenId != created.ClientId)
        {
            await AppClientRemoval.RunAsync(run, created.ClientId!, CancellationToken.None).ConfigureAwait(false);
            throw ChosenIds.NotHonoured(Step, chosenId, created.ClientId);
        }

        run.AddNewAppClient(created.ToProvisioned(wanted.Name));
        await AppClientResult.RequireAsWantedAsync(run, Step, created, wanted, given, cancellationToken).ConfigureAwait(false);
        await look.LookAfterCreateAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

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

/// <summary>
/// Deletes an app client without a secret and creates it again, because Cognito never adds a first secret. The deletion comes first, so
/// that an interrupted run never leaves two app clients with the same name.
/// </summary>
internal sealed class ReplaceAppClient(PlanStep step, AppClientBlueprint wanted, AppClientLook look, string clientId) : PlannedStep(step)
{
    public override async Task RunAsync(PlanRun run, CancellationToken cancellationToken)
    {
        await AppClientRemoval.RunAsync(run, clientId, cancellationToken).ConfigureAwait(false);
        await new CreateAppClient(Step, wanted, look, clientId).RunAsync(run, cancellationToken).ConfigureAwait(false);
    }
}

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

/// <summary>Deletes app clients.</summary>
internal static class AppClientRemoval
{
    public static async Task RunAsync(PlanRun run, string clientId, CancellationToken cancellationToken)
    {
        try
        {
            await run.Service.CallAsync(AppClientOperations.Delete, new(run.UserPoolId, clientId), cancellationToken).ConfigureAwait(false);
        }
        catch (CognitoProvisioningException e) when (e.Error == ProvisioningError.NotFound)
        {
            // Another caller has deleted the app client.
        }
    }
}
