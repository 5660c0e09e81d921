using System.Collections.Concurrent;

namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>
/// A bounded cache of verified tokens, by their whole text. It has two generations. New tokens go into the young one. When the young one is
/// full, it becomes the old one, and the former old one is dropped; a token that is asked for moves from the old one to the young one. So
/// tokens in use stay. Finding a token in the young generation takes no lock and allocates nothing.
/// </summary>
/// <param name="capacity">How many tokens in use are never dropped. At most twice as many are held.</param>
internal sealed class VerifiedTokenCache<TClaims>(int capacity)
    where TClaims : CognitoTokenClaims
{
    private readonly Lock _changing = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many tokens are held.</summary>
    public int Count => _young.Count + _old.Count;

    public VerifiedToken<TClaims>? Find(ReadOnlySpan<char> token)
    {
        if (_young.Find(token) is { } young)
            return young;
        if (_old.Find(token) is not { } old)
            return null;

        Add(old);
        return old;
    }

    public void Add(VerifiedToken<TClaims> token)
    {
        lock (_changing)
        {
            if (_young.Count >= capacity && !_young.Contains(token))
            {
                _old = _young;
                _young = new Generation();
            }

            _young.Set(token);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, VerifiedToken<TClaims>> _tokens = new(TokenComparer.Instance);
        private readonly ConcurrentDictionary<string, VerifiedToken<TClaims>>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;
        private volatile int _count;

        public Generation() => _byCharacters = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();

        /// <summary>Counted here, because ConcurrentDictionary takes all of its locks to count. Changes only under the lock of the cache.</summary>
        public int Count => _count;

        public VerifiedToken<TClaims>? Find(ReadOnlySpan<char> token) => _byCharacters.TryGetValue(token, out var found) ? found : null;

        public bool Contains(VerifiedToken<TClaims> token) => _tokens.ContainsKey(token.Token);

        public void Set(VerifiedToken<TClaims> token)
        {
            if (_tokens.TryAdd(token.Token, token))
                _count++;
            else
                _tokens[token.Token] = token;
        }
    }
}
