using System.Collections.Concurrent;
using CognitoM2M.Diagnostics;
using CognitoM2M.Shared;
using Microsoft.Extensions.Logging;

namespace CognitoM2M.Settings;

/// <summary>Warns of settings that are allowed and dangerous. Each warning is logged once for each client and host.</summary>
internal sealed class SettingsWarnings(ILogger logger)
{
    // The number of clients that are named at run time has no limit.
    private const int MaxWarnings = 10_000;

    private readonly ConcurrentDictionary<(string Client, string Host, bool IsForCalls), bool> _logged = new();

    /// <summary>Warns of the hosts that secrets and tokens of a client travel to unencrypted.</summary>
    public void WarnOfPlainHttp(AppClientSettings settings)
    {
        if (!WebAddress.IsSecure(settings.Endpoint) && IsNew(settings, settings.Endpoint.Authority, isForCalls: false))
            Log.PlainHttpTokenEndpoint(logger, settings.ClientName, settings.Endpoint.Authority);

        foreach (var host in settings.PlainHttpHosts)
        {
            if (IsNew(settings, host, isForCalls: true))
                Log.PlainHttpCalls(logger, settings.ClientName, host);
        }
    }

    /// <summary>Warns of a client whose token can be sent to any host.</summary>
    public void WarnOfMissingRestriction(AppClientSettings settings)
    {
        if (settings.IsUnrestricted && IsNew(settings, "", isForCalls: true))
            Log.TokenUnrestricted(logger, settings.ClientName);
    }

    private bool IsNew(AppClientSettings settings, string host, bool isForCalls) =>
        _logged.Count < MaxWarnings && _logged.TryAdd((settings.ClientName, host, isForCalls), true);
}
