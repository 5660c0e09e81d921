using CognitoM2M.Settings;
using CognitoM2M.Shared;

namespace CognitoM2M.TokenEndpoint;

/// <summary>
/// The limits that the clients of one provider set for the hosts of their token endpoints. A limit counts from when its client is first asked for
/// until the client is removed, gets another limit or another host, or the provider is disposed. Other providers of the process may have
/// clients of the same names.
/// </summary>
internal sealed class ClientPaces(RequestPacers pacers) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (RequestPacer Pacer, int Limit)> _byClient = new(StringComparer.Ordinal);
    private bool _isDisposed;

    /// <summary>Takes note of the limit of a client, which may have changed.</summary>
    public void Set(AppClientSettings settings)
    {
        var limit = settings.Limits.MaxTokenRequestsPerSecond;
        lock (_gate)
        {
            if (_isDisposed)
                return;

            var isKnown = _byClient.TryGetValue(settings.ClientName, out var known);
            if (isKnown && known.Limit == limit && pacers.IsFor(known.Pacer, settings.Endpoint))
                return;

            // The new limit is added before the former limit is removed, so that the host is never without a limit.
            _byClient[settings.ClientName] = (pacers.AddLimit(settings.Endpoint, limit), limit);
            if (isKnown)
                known.Pacer.RemoveLimit(known.Limit);
        }
    }

    /// <summary>The client was removed: its limit counts no longer.</summary>
    public void Remove(string clientName)
    {
        lock (_gate)
        {
            if (_byClient.Remove(clientName, out var known))
                known.Pacer.RemoveLimit(known.Limit);
        }
    }

    /// <summary>No client of the provider counts any longer, until it is asked for again.</summary>
    public void Clear()
    {
        lock (_gate)
        {
            foreach (var known in _byClient.Values)
                known.Pacer.RemoveLimit(known.Limit);
            _byClient.Clear();
        }
    }

    /// <summary>No client of the provider counts from now on.</summary>
    public void Dispose()
    {
        lock (_gate)
            _isDisposed = true;
        Clear();
    }
}
