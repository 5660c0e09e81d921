using CognitoM2M.Cache;
using CognitoM2M.Diagnostics;
using CognitoM2M.Settings;
using CognitoM2M.Shared;
using CognitoM2M.TokenEndpoint;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CognitoM2M.Hosting;

/// <summary>
/// Runs when the host starts: checks the settings of every client and the handler for token requests before anything else runs, then fetches the tokens of the clients with
/// warm-up, all at the same time.
/// </summary>
/// <remarks>
/// <c>ValidateOnStart</c> is not used. It reads the options monitor, which throws into the code that reloads the configuration when a change
/// is not valid, and it reports one client at a time.
/// </remarks>
internal sealed class ClientStartup(
    CachingTokenProvider provider,
    TokenHttpClient tokenHttp,
    IEnumerable<ClientRegistration> registrations,
    IEnumerable<ClientReference> references,
    TimeProvider timeProvider,
    ILoggerFactory loggerFactory) : IHostedLifecycleService
{
    private readonly ILogger _logger = QuietLogger.Create(loggerFactory, CognitoM2MDiagnostics.LogCategoryName);

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        var failures = new List<string>();
        var warnings = new SettingsWarnings(_logger);
        var names = registrations.Select(client => client.ClientName).Concat(references.Select(reference => reference.ClientName)).Distinct(StringComparer.Ordinal).ToList();
        foreach (var name in names)
        {
            try
            {
                warnings.WarnOfMissingRestriction(provider.GetClient(name).Current.Settings);
            }
            catch (OptionsValidationException invalid)
            {
                failures.AddRange(invalid.Failures);
            }
        }

        if (failures.Count > 0)
            throw new OptionsValidationException(string.Join(", ", names), typeof(CognitoM2MClientOptions), failures);

        // A primary handler that cannot be used is found now, and not when the first token is needed.
        foreach (var name in names)
            tokenHttp.Check(provider.GetClient(name).Current.Settings.Endpoint);
        return Task.CompletedTask;
    }

    public Task StartAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(registrations.Distinct().Select(registration => WarmUpAsync(provider.GetClient(registration.ClientName), cancellationToken)));

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task WarmUpAsync(AppClient client, CancellationToken cancellationToken)
    {
        var settings = client.Current.Settings;
        if (settings.WarmUp == CognitoWarmUp.None)
            return;

        // The fetch goes on when the host stops waiting for it.
        using var timeLimit = new CancellationTokenSource(
            settings.WarmUp == CognitoWarmUp.BestEffort ? settings.Limits.AttemptTimeout : Timeout.InfiniteTimeSpan, timeProvider);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(timeLimit.Token, cancellationToken);
        try
        {
            await client.GetAsync(null, callerBlocks: false, ended.Token).ConfigureAwait(false);
        }
        catch (CognitoTokenException failure) when (settings.WarmUp == CognitoWarmUp.BestEffort)
        {
            Log.WarmUpFailed(_logger, client.Name, failure.Message);
        }
        catch (OperationCanceledException) when (timeLimit.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            Log.WarmUpFailed(_logger, client.Name, $"Cognito did not respond within {settings.Limits.AttemptTimeout}.");
        }
    }
}
