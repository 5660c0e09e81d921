namespace CognitoM2M.Verification.Keys;

/// <summary>Keys that the user gave as text. They never change, and nothing is downloaded.</summary>
internal sealed class FixedKeySet(KeySetSnapshot keys) : IKeySet
{
    public Uri? JwksUri => null;

    public KeySetSnapshot? Current => keys;

    public KeySetStatus Status => new(keys.UsableKeys, FetchedAt: null, Problem: null);

    public KeyLookup? FindHeld(string keyId) => new KeyLookup(keys, keys.Find(keyId));

    public ValueTask<KeyLookup> FindAsync(string keyId, CancellationToken cancellationToken) => new(new KeyLookup(keys, keys.Find(keyId)));

    public ValueTask<bool> LoadAsync(CancellationToken cancellationToken) => new(true);
}
