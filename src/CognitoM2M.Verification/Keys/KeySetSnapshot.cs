namespace CognitoM2M.Verification.Keys;

/// <summary>The keys of a pool at one time. While they stay the same it stays the same object, so that what was verified with them stays so.</summary>
internal sealed class KeySetSnapshot
{
    private readonly Dictionary<string, VerificationKey> _keys;

    public KeySetSnapshot(IEnumerable<VerificationKey> keys)
    {
        _keys = new Dictionary<string, VerificationKey>(StringComparer.Ordinal);
        foreach (var key in keys)
            Add(key);
        UsableKeys = _keys.Values.Count(key => key.Problem is null);
    }

    public int UsableKeys { get; }

    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    public bool IsSameAs(KeySetSnapshot other) =>
        _keys.Count == other._keys.Count
        && _keys.Values.All(key => other.Find(key.KeyId) is { } same && key.IsSameAs(same));

    private void Add(VerificationKey key)
    {
        if (!_keys.TryGetValue(key.KeyId, out var known) || known.Problem is not null)
            _keys[key.KeyId] = key;
        else if (key.Problem is null && !key.IsSameAs(known))
            _keys[key.KeyId] = VerificationKey.Unusable(key.KeyId, "two keys have that kid");
    }
}
