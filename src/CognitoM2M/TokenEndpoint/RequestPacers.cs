using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CognitoM2M.Shared;
using CognitoM2M.Time;
using CognitoM2M.Tokens;

namespace CognitoM2M.TokenEndpoint;

/// <summary>The pacers of all hosts that token requests go to. All providers of a process share them, because the host counts the requests of all.</summary>
internal sealed class RequestPacers(MonotonicClock clock)
{
    // Tenants may have hosts of their own. The hosts of present clients are kept, whatever their number is.
    private const int FewHosts = 1_000;

    private static readonly ConditionalWeakTable<TimeProvider, RequestPacers> _ofProcess = [];

    private readonly Lock _adding = new();
    private readonly ConcurrentDictionary<string, RequestPacer> _byHost = new(StringComparer.OrdinalIgnoreCase);
    private int _mostHosts = FewHosts;

    /// <summary>The pacers of this process. A test that has a clock of its own has pacers of its own.</summary>
    public static RequestPacers GetOfProcess(MonotonicClock clock) =>
        _ofProcess.GetValue(clock.TimeProvider, static timeProvider => new RequestPacers(MonotonicClock.Find(timeProvider)));

    /// <summary>Creates the pacer of one host.</summary>
    public static RequestPacer CreatePacer(MonotonicClock clock) =>
        new(clock.TimeProvider, () => clock.Now, FetchOrder.LongestTurnWait, new CognitoM2MClientOptions().MaxTokenRequestsPerSecond);

    public RequestPacer Find(Uri endpoint) => _byHost.TryGetValue(endpoint.Authority, out var known) ? known : Add(endpoint, limit: null);

    /// <summary>Whether the pacer is the one of this host.</summary>
    public bool IsFor(RequestPacer pacer, Uri endpoint) => _byHost.TryGetValue(endpoint.Authority, out var known) && known == pacer;

    /// <summary>Takes note of the limit of one more client of a host.</summary>
    /// <returns>The pacer of the host. It is kept until the limit is removed.</returns>
    public RequestPacer AddLimit(Uri endpoint, int requestsPerSecond) => Add(endpoint, requestsPerSecond);

    private RequestPacer Add(Uri endpoint, int? limit)
    {
        // Under one lock, so that no pacer is dropped between its look-up and its first limit.
        lock (_adding)
        {
            if (!_byHost.TryGetValue(endpoint.Authority, out var pacer))
            {
                if (_byHost.Count >= _mostHosts)
                    RemoveUnused();
                pacer = _byHost[endpoint.Authority] = CreatePacer(clock);
            }

            if (limit is { } requestsPerSecond)
                pacer.AddLimit(requestsPerSecond);
            return pacer;
        }
    }

    private void RemoveUnused()
    {
        foreach (var (host, pacer) in _byHost)
        {
            if (pacer.IsUnused)
                _byHost.TryRemove(new(host, pacer));
        }

        // Looks at all hosts again only when there are twice as many.
        _mostHosts = Math.Max(FewHosts, 2 * _byHost.Count);
    }
}
