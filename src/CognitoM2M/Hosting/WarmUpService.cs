using CognitoM2M.Diagnostics;
using CognitoM2M.Tokens;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Hosting;

/// <summary>Fetches the tokens of those clients that ask for it while the host starts, all at the same time.</summary>
internal sealed class WarmUpService(
    CachingTokenProvider provider,
    IEnumerable<CognitoM2MClientRegistration> registrations,
    TimeProvider timeProvider,
    ILoggerFactory loggerFactory) : IHostedService
{
    private readonly ILogger _logger = loggerFactory.CreateLogger(CognitoM2MDiagnostics.LogCategoryName);

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(registrations.Distinct().Select(registration => WarmUpAsync(provider.GetClient(registration.ClientName), cancellationToken)));

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WarmUpAsync(AppClient client, CancellationToken cancellationToken)
    {
        var settings = client.Current.Settings;
        if (settings.WarmUp == CognitoWarmUp.None)
            return;

        try
        {
            // The fetch goes on if the host does not want to wait for it any longer.
            var fetching = client.GetAsync(null, cancellationToken).AsTask();
            if (settings.WarmUp == CognitoWarmUp.BestEffort)
                fetching = fetching.WaitAsync(settings.AttemptTimeout, timeProvider, cancellationToken);
            await fetching.ConfigureAwait(false);
        }
        catch (Exception error) when (settings.WarmUp == CognitoWarmUp.BestEffort && error is CognitoTokenException or TimeoutException)
        {
            Log.WarmUpFailed(_logger, client.Name, error.Message);
        }
    }
}
