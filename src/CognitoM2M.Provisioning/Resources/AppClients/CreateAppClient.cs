using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Creates an app client, unless another run has created it since the plan was made.</summary>
/// <param name="step">The step.</param>
/// <param name="wanted">The app client.</param>
/// <param name="look">Looks for app clients of the same name.</param>
/// <param name="replacedId">The id of the app client that the new one replaces; null if there is none.</param>
internal sealed class CreateAppClient(PlanStep step, AppClientBlueprint wanted, AppClientDuplicateCheck look, string? replacedId = null) : PlannedStep(step)
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
