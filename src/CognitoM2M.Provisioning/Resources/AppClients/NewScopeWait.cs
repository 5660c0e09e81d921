using CognitoM2M.Provisioning.Service;
using CognitoM2M.Provisioning.Steps;

namespace CognitoM2M.Provisioning.Resources.AppClients;

/// <summary>Sends the requests that name scopes. Cognito may not know a scope yet that was created a moment ago, so a refusal for that reason is repeated.</summary>
internal static class NewScopeWait
{
    private const string UnknownScope = "ScopeDoesNotExistException";

    public static async Task<TOut> CallAsync<TIn, TOut>(
        PlanRun run, Operation<TIn, TOut> operation, TIn request, AppClientBlueprint wanted, CancellationToken cancellationToken)
        where TOut : class
    {
        var schedule = new RetrySchedule(run.Options.TimeProvider, run.Options.RetryTimeout);
        while (true)
        {
            try
            {
                return await run.Service.CallAsync(operation, request, cancellationToken).ConfigureAwait(false);
            }
            catch (CognitoProvisioningException e) when (e.ErrorCode == UnknownScope && run.NewScopes.Overlaps(wanted.Scopes))
            {
                run.Progress.ReportWaiting($"the new scopes of app client '{wanted.Name}' to be known");
                if (!await schedule.TryWaitAsync(cancellationToken).ConfigureAwait(false))
                    throw;
            }
        }
    }
}
