namespace CognitoM2M.Verification.Keys;

/// <summary>
/// The key sets that are downloaded, one for each address. They outlive a change of the options: keys that are held stay in use, and nobody
/// waits for a download because of another setting.
/// </summary>
/// <param name="create">Creates a key set. The second argument says whether the address belongs to the form of issuer that a user pool usually has.</param>
internal sealed class KeySetStore(Func<Uri, bool, IKeySet> create)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Uri, IKeySet> _keySets = [];

    /// <summary>Finds a key set; null if there is none for the address.</summary>
    public IKeySet? Find(Uri jwksUri)
    {
        lock (_gate)
            return _keySets.GetValueOrDefault(jwksUri);
    }

    public IKeySet GetOrCreate(Uri jwksUri, bool isUsual)
    {
        lock (_gate)
            return _keySets.TryGetValue(jwksUri, out var known) ? known : _keySets[jwksUri] = create(jwksUri, isUsual);
    }

    /// <summary>Drops the key sets that are no longer used.</summary>
    public void Keep(IEnumerable<IKeySet> used)
    {
        var kept = used.ToHashSet();
        lock (_gate)
        {
            foreach (var (jwksUri, _) in _keySets.Where(keySet => !kept.Contains(keySet.Value)).ToList())
                _keySets.Remove(jwksUri);
        }
    }
}
