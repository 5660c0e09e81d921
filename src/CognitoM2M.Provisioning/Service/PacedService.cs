using System.Collections.Concurrent;

namespace CognitoM2M.Provisioning.Service;

/// <summary>
/// Keeps requests below Cognito's rates. Repeats a request that Cognito refused because other callers use up the rate or change the same
/// user pool.
/// </summary>
internal sealed class PacedService(IUserPoolService service, TimeProvider time, TimeSpan retryTimeout) : IUserPoolService
{
    private readonly ConcurrentDictionary<string, RequestWindow> _windows = new(StringComparer.Ordinal);

    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        var schedule = new RetrySchedule(time, retryTimeout);
        while (true)
        {
            try
            {
                return await CallInTurnAsync(operation, request, cancellationToken).ConfigureAwait(false);
            }
            catch (CognitoProvisioningException e) when (e.Error is ProvisioningError.ConcurrentChange or ProvisioningError.Throttled)
            {
                if (!await schedule.TryWaitAsync(cancellationToken).ConfigureAwait(false))
                    throw;
            }
        }
    }

    private async Task<TOut> CallInTurnAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        var quota = operation.Quota;
        var category = _windows.GetOrAdd($"category {quota.Category}", _ => new RequestWindow(quota.PerSecond, time));
        var own = _windows.GetOrAdd(operation.Name, _ => new RequestWindow(quota.PerOperationAndPool ?? quota.PerSecond, time));

        await category.EnterAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await own.EnterAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                // A change in flight is not cancelled: only its answer says what was created.
                return await service.CallAsync(operation, request, operation.IsChange ? CancellationToken.None : cancellationToken).ConfigureAwait(false);
            }
            finally
            {
                own.Exit();
            }
        }
        finally
        {
            category.Exit();
        }
    }
}
