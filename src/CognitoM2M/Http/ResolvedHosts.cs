using System.Collections.Concurrent;

namespace CognitoM2M.Http;

/// <summary>
/// The hosts that a name was resolved to for which the user accepts plain http. A proxy is asked for the resolved address alone, and does not
/// know the name.
/// </summary>
internal sealed class ResolvedHosts
{
    // A call of an address that was dropped here would go through the proxy of the environment, so the call is refused.
    private const int MostHosts = 1_000;

    private readonly ConcurrentDictionary<string, bool> _authorities = new(StringComparer.OrdinalIgnoreCase);

    public void Add(Uri address)
    {
        if (!Contains(address) && _authorities.Count < MostHosts)
            _authorities.TryAdd(address.Authority, true);
    }

    public bool Contains(Uri address) => _authorities.ContainsKey(address.Authority);
}
