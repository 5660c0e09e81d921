namespace CognitoM2M.Verification.Keys;

/// <summary>Keys given once and for all.</summary>
internal sealed class FixedKeySet(KeySetSnapshot keys) : IKeySet
{
    public Uri? Address => null;

    public KeySetSnapshot? Current => keys;

    public KeySetStatus Status => new(keys.UsableKeys, FetchedAt: null, Problem: null);

    public bool TryFind(string keyId, out KeyLookup lookup)
    {
        lookup = new KeyLookup(keys, keys.Find(keyId));
        return true;
    }

    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken) => new(new KeyLookup(keys, keys.Find(keyId)));

    public ValueTask<bool> LoadAsync(CancellationToken cancellationToken) => new(true);
}
