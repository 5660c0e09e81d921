using CognitoM2M.Diagnostics;
using CognitoM2M.Time;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace CognitoM2M.Settings;

/// <summary>
/// Takes settings from the options factory. <see cref="IOptionsMonitor{TOptions}"/> is not used: it keeps the options of every name for the
/// life of the process, and drops valid options when a reload finds invalid ones.
/// </summary>
internal sealed class OptionsSettingsSource : IClientSettingsSource, IDisposable
{
    private readonly IOptionsFactory<CognitoM2MClientOptions> _factory;
    private readonly ILogger _logger;
    private readonly SettingsWarnings _warnings;
    private readonly RemovalGrace _grace;
    private readonly List<IDisposable> _subscriptions;
    private volatile Action _onChange = () => { };
    private int _version;

    public OptionsSettingsSource(
        IOptionsFactory<CognitoM2MClientOptions> factory,
        IEnumerable<IOptionsChangeTokenSource<CognitoM2MClientOptions>> changes,
        MonotonicClock clock,
        ILogger logger)
    {
        _factory = factory;
        _logger = logger;
        _warnings = new SettingsWarnings(logger);
        _grace = new RemovalGrace(clock, OnChange);
        _subscriptions = [.. changes.Select(change => ChangeToken.OnChange(change.GetChangeToken, OnChange))];
    }

    public void Watch(Action onChange) => _onChange = onChange;

    public int Version => Volatile.Read(ref _version);

    public AppClientSettings Load(string clientName, AppClientSettings? former)
    {
        try
        {
            var settings = new AppClientSettings(clientName, _factory.Create(clientName), former);
            _warnings.WarnOfPlainHttp(settings);
            _grace.Forget(clientName);
            return settings;
        }
        catch (OptionsValidationException missing) when (former is not null && IsRemoval(missing) && _grace.IsGranted(clientName, out var isNew))
        {
            if (isNew)
                Log.ClientMissing(_logger, clientName, RemovalGrace.Duration);
            return former;
        }
        catch (Exception error) when (former is not null && !IsRemoval(error))
        {
            _grace.Forget(clientName);
            var reasons = error is OptionsValidationException invalid ? string.Join(" ", invalid.Failures) : error.GetType().Name;
            Log.ReloadRefused(_logger, clientName, reasons);
            return former;
        }
    }

    public void Dispose()
    {
        _grace.Dispose();
        foreach (var subscription in _subscriptions)
            subscription.Dispose();
    }

    private static bool IsRemoval(Exception error) =>
        error is OptionsValidationException { Failures: { } failures } && failures.Any(ClientOptionsValidator.IsMissingClientError);

    private void OnChange()
    {
        Interlocked.Increment(ref _version);
        _onChange();
    }
}
