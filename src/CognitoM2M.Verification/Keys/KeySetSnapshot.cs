namespace CognitoM2M.Verification.Keys;

/// <summary>The keys of a pool at one time. While they stay the same it stays the same object, so that what was verified with them stays so.</summary>
internal sealed class KeySetSnapshot
{
    private readonly Dictionary<string, VerificationKey> _keys;

    public KeySetSnapshot(IEnumerable<VerificationKey> keys)
    {
        // A kid that two keys share names neither of them, whichever comes first.
        _keys = keys.GroupBy(key => key.KeyId, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.Count() == 1 ? group.First() : VerificationKey.Unusable(group.Key, "several keys have that kid"),
            StringComparer.Ordinal);
        UsableKeys = _keys.Values.Count(key => key.Problem is null);
    }

    public int UsableKeys { get; }

    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    public bool IsSameAs(KeySetSnapshot other) =>
        _keys.Count == other._keys.Count
        && _keys.Values.All(key => other.Find(key.KeyId) is { } same && key.IsSameAs(same));
}
