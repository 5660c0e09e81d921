using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CognitoM2M.Time;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The pacers of all hosts that token requests go to. All providers of a process share them, because the host counts the requests of all.</summary>
internal sealed class RequestPacers(MonotonicClock clock)
{
    // Tenants may have hosts of their own.
    private const int MostHosts = 1_000;

    private static readonly ConditionalWeakTable<TimeProvider, RequestPacers> _ofProcess = [];

    private readonly ConcurrentDictionary<string, RequestPacer> _byHost = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>The pacers of this process. A test that has a clock of its own has pacers of its own.</summary>
    public static RequestPacers GetOfProcess(MonotonicClock clock) =>
        _ofProcess.GetValue(clock.TimeProvider, static timeProvider => new RequestPacers(MonotonicClock.Find(timeProvider)));

    public RequestPacer Find(Uri endpoint)
    {
        if (_byHost.TryGetValue(endpoint.Authority, out var known))
            return known;

        if (_byHost.Count >= MostHosts)
            RemoveIdle();
        return _byHost.GetOrAdd(endpoint.Authority, _ => new RequestPacer(clock));
    }

    private void RemoveIdle()
    {
        foreach (var (host, pacer) in _byHost)
        {
            if (pacer.IsIdle)
                _byHost.TryRemove(new(host, pacer));
        }
    }
}
