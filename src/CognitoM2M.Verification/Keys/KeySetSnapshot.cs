namespace CognitoM2M.Verification.Keys;

/// <summary>
/// The keys of a key set at one time. As long as the keys do not change, the same object stays in use; so a verified token stays valid as
/// long as the object that it was verified with is the current one.
/// </summary>
internal sealed class KeySetSnapshot
{
    private readonly Dictionary<string, VerificationKey> _keys;

    public KeySetSnapshot(IEnumerable<VerificationKey> keys)
    {
        // If two keys have the same kid, neither of them is used, so that the order of the keys does not matter.
        _keys = keys.GroupBy(key => key.KeyId, StringComparer.Ordinal).ToDictionary(
            group => group.Key,
            group => group.Count() == 1 ? group.First() : VerificationKey.CreateUnusable(group.Key, "several keys have this kid"),
            StringComparer.Ordinal);
        UsableKeys = _keys.Values.Count(key => key.Problem is null);
    }

    /// <summary>How many of the keys can verify a token.</summary>
    public int UsableKeys { get; }

    public VerificationKey? Find(string keyId) => _keys.GetValueOrDefault(keyId);

    public bool HasSameKeysAs(KeySetSnapshot other) =>
        _keys.Count == other._keys.Count
        && _keys.Values.All(key => other.Find(key.KeyId) is { } same && key.HasSameValueAs(same));
}
