using System.Collections.Concurrent;

namespace CognitoM2M.Verification.VerifiedTokens;

/// <summary>
/// A bounded memory of tokens that were verified, by the whole token. Two generations: when the young one is full the old one goes, but
/// for tokens that were asked for meanwhile, which have moved. Reading from the young one takes no lock and allocates nothing.
/// </summary>
/// <param name="capacity">How many tokens in use are never forgotten. Twice as many are held at most.</param>
internal sealed class VerifiedTokenCache(int capacity)
{
    private readonly Lock _changing = new();
    private volatile Generation _young = new();
    private volatile Generation _old = new();

    /// <summary>How many are remembered.</summary>
    public int Count => _young.Count + _old.Count;

    public VerifiedToken? Find(ReadOnlySpan<char> token)
    {
        if (_young.Find(token) is { } young)
            return young;
        if (_old.Find(token) is not { } old)
            return null;

        Add(old);
        return old;
    }

    public void Add(VerifiedToken token)
    {
        lock (_changing)
        {
            if (_young.Count >= capacity && !_young.Has(token))
            {
                _old = _young;
                _young = new Generation();
            }

            _young.Set(token);
        }
    }

    private sealed class Generation
    {
        private readonly ConcurrentDictionary<string, VerifiedToken> _tokens = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, VerifiedToken>.AlternateLookup<ReadOnlySpan<char>> _byCharacters;
        private volatile int _count;

        public Generation() => _byCharacters = _tokens.GetAlternateLookup<ReadOnlySpan<char>>();

        /// <summary>Counted here, because the dictionary locks itself whole to count. Changed under the lock of the memory alone.</summary>
        public int Count => _count;

        public VerifiedToken? Find(ReadOnlySpan<char> token) => _byCharacters.TryGetValue(token, out var found) ? found : null;

        public bool Has(VerifiedToken token) => _tokens.ContainsKey(token.Token);

        public void Set(VerifiedToken token)
        {
            if (!_tokens.ContainsKey(token.Token))
                _count++;
            _tokens[token.Token] = token;
        }
    }
}
