using System.Collections.Concurrent;

namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>
/// A bounded cache of what is known about tokens, by their text. It has two generations. New tokens go into the young one. When the young one is
/// full, it becomes the old one, and the former old one is dropped; a token that is asked for moves from the old one to the young one. So
/// tokens in use stay. Finding a token in the young generation takes no lock and allocates nothing.
/// </summary>
/// <param name="capacity">How many tokens in use are never dropped. At most twice as many are held.</param>
internal sealed class TokenCache<TValue>(int capacity)
    where TValue : class
{
    private readonly Lock _changing = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many tokens are held.</summary>
    public int Count => _young.Count + _old.Count;

    public TValue? Find(ReadOnlySpan<char> token)
    {
        if (_young.Find(token, out _) is { } young)
            return young;
        if (_old.Find(token, out var text) is not { } old)
            return null;

        Add(text!, old);
        return old;
    }

    public void Add(string token, TValue value)
    {
        lock (_changing)
        {
            if (_young.Count >= capacity && !_young.Contains(token))
            {
                _old = _young;
                _young = new Generation();
            }

            _young.Set(token, value);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, TValue> _values = new(TokenComparer.Instance);
        private readonly ConcurrentDictionary<string, TValue>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;
        private volatile int _count;

        public Generation() => _byCharacters = _values.GetAlternateLookup<ReadOnlySpan<char>>();

        /// <summary>Counted here, because ConcurrentDictionary takes all of its locks to count. Changes only under the lock of the cache.</summary>
        public int Count => _count;

        /// <param name="token">The token.</param>
        /// <param name="text">The text that the cache holds of the token; null if it has none.</param>
        public TValue? Find(ReadOnlySpan<char> token, out string? text) => _byCharacters.TryGetValue(token, out text, out var value) ? value : null;

        public bool Contains(string token) => _values.ContainsKey(token);

        public void Set(string token, TValue value)
        {
            if (_values.TryAdd(token, value))
                _count++;
            else
                _values[token] = value;
        }
    }
}
