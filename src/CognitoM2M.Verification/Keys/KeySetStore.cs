namespace CognitoM2M.Verification.Keys;

/// <summary>
/// The key sets that are downloaded, one for each address. They outlive a change of the options: keys that are held stay in use, and nobody
/// waits for a download because of another setting. A key set is dropped when its last user does not use it any more.
/// </summary>
/// <param name="create">Creates a key set. The second argument says whether the address belongs to the form of issuer that a user pool usually has.</param>
internal sealed class KeySetStore(Func<Uri, bool, IKeySet> create)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Uri, Entry> _keySets = [];

    /// <summary>Finds a key set; null if there is none for the address.</summary>
    public IKeySet? Find(Uri jwksUri)
    {
        lock (_gate)
            return _keySets.GetValueOrDefault(jwksUri)?.KeySet;
    }

    /// <param name="user">Who uses the key set, until it calls <see cref="Keep"/> without it.</param>
    /// <param name="jwksUri">The address of the key set.</param>
    /// <param name="isUsual">Whether the address belongs to the form of issuer that a user pool usually has.</param>
    public IKeySet GetOrCreate(object user, Uri jwksUri, bool isUsual)
    {
        lock (_gate)
        {
            if (!_keySets.TryGetValue(jwksUri, out var entry))
                _keySets[jwksUri] = entry = new Entry(create(jwksUri, isUsual));
            entry.Users.Add(user);
            return entry.KeySet;
        }
    }

    /// <summary>Drops the key sets that a user, and all others, no longer use.</summary>
    public void Keep(object user, IEnumerable<IKeySet> used)
    {
        var kept = used.ToHashSet();
        lock (_gate)
        {
            foreach (var (jwksUri, entry) in _keySets.Where(one => !kept.Contains(one.Value.KeySet)).ToList())
            {
                if (entry.Users.Remove(user) && entry.Users.Count == 0)
                    _keySets.Remove(jwksUri);
            }
        }
    }

    private sealed record Entry(IKeySet KeySet)
    {
        public HashSet<object> Users { get; } = new(ReferenceEqualityComparer.Instance);
    }
}
