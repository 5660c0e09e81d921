using System.Collections.Concurrent;

namespace CognitoM2M.Verification.Tenants;

/// <summary>A bounded number of tenants. The tenant whose answer is oldest is dropped first. Reads take no lock; the caller takes turns with changes.</summary>
/// <param name="most">How many tenants are held.</param>
internal sealed class TenantMap<TClaims>(int most)
    where TClaims : CognitoTokenClaims
{
    private readonly ConcurrentDictionary<TenantKey, LinkedListNode<Tenant<TClaims>>> _tenants = new();
    private readonly LinkedList<Tenant<TClaims>> _byAge = [];

    public int Count => _byAge.Count;

    public IEnumerable<Tenant<TClaims>> All => _tenants.Values.Select(node => node.Value);

    public Tenant<TClaims>? Find(TenantKey key) => _tenants.TryGetValue(key, out var node) ? node.Value : null;

    /// <summary>Holds a tenant instead of an older answer about it. Returns whether something was dropped.</summary>
    public bool Put(Tenant<TClaims> tenant)
    {
        var isDropped = Remove(tenant.Key);
        if (_byAge.Count >= most)
            isDropped = Remove(_byAge.First!.Value.Key);
        _tenants[tenant.Key] = _byAge.AddLast(tenant);
        return isDropped;
    }

    /// <summary>Drops a tenant. Returns whether it was held.</summary>
    public bool Remove(TenantKey key)
    {
        if (!_tenants.TryRemove(key, out var node))
            return false;
        _byAge.Remove(node);
        return true;
    }
}
