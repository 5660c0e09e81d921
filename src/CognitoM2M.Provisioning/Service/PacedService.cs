using System.Collections.Concurrent;

namespace CognitoM2M.Provisioning.Service;

/// <summary>
/// Keeps requests below Cognito's rates. Repeats a request that Cognito refused because other callers use up the rate or change the same
/// user pool.
/// </summary>
/// <param name="service">Sends the requests.</param>
/// <param name="time">The clock.</param>
/// <param name="retryTimeout">How long a refused request is repeated.</param>
/// <param name="isEmulator">Whether the service is an emulator. Its rates are kept only after it has refused a request: by default it has none.</param>
internal sealed class PacedService(IUserPoolService service, TimeProvider time, TimeSpan retryTimeout, bool isEmulator) : IUserPoolService
{
    private volatile bool _hasRates = !isEmulator;
    private readonly ConcurrentDictionary<string, RequestWindow> _windows = new(StringComparer.Ordinal);

    public async Task<TOut> CallAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        var schedule = new RetrySchedule(time, retryTimeout);
        while (true)
        {
            try
            {
                var call = _hasRates ? CallInTurnAsync(operation, request, cancellationToken) : SendAsync(operation, request, cancellationToken);
                return await call.ConfigureAwait(false);
            }
            catch (CognitoProvisioningException e) when (e.Error is ProvisioningError.ConcurrentChange or ProvisioningError.Throttled)
            {
                if (e.Error == ProvisioningError.Throttled)
                    _hasRates = true;
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
                return await SendAsync(operation, request, cancellationToken).ConfigureAwait(false);
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

    // A change in flight is not cancelled: only its answer says what was created.
    private Task<TOut> SendAsync<TIn, TOut>(Operation<TIn, TOut> operation, TIn request, CancellationToken cancellationToken)
        where TOut : class
    {
        cancellationToken.ThrowIfCancellationRequested();
        return service.CallAsync(operation, request, operation.IsChange ? CancellationToken.None : cancellationToken);
    }
}
