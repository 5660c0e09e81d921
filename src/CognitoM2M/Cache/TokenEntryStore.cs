using CognitoM2M.Settings;
using CognitoM2M.Time;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace CognitoM2M.Cache;

/// <summary>
/// All cache entries, bounded: the least used entries are dropped when there are too many, and so are entries that were not used for longer
/// than any token lives. A look-up counts as use. Only entries that fetch, and entries for the scopes of one request, are looked up. A fresh
/// token is returned without a look-up.
/// </summary>
internal sealed class TokenEntryStore : IDisposable
{
    public const int DefaultCapacity = 20_000;

    // A token lives for a day at most, so an entry in use is looked up at least once a day.
    private static readonly TimeSpan _idle = TimeSpan.FromHours(25);

    // Adding an entry takes one of these locks, chosen by the key, so that tenants do not wait for each other.
    private readonly Lock[] _adding = new Lock[64];
    private readonly Lock _makingRoom = new();
    private readonly int _capacity;
    private readonly MemoryCache _entries;
    private volatile bool _disposed;

    public TokenEntryStore(MonotonicClock clock, int capacity = DefaultCapacity)
    {
        _capacity = capacity;
        for (var i = 0; i < _adding.Length; i++)
            _adding[i] = new Lock();
        _entries = new MemoryCache(new MemoryCacheOptions
        {
            // One entry per lock may be added at the same moment, after each has seen that there is room.
            SizeLimit = capacity + _adding.Length,
            // By default the MemoryCache uses the wall clock. A jump of the wall clock would then drop every token.
            Clock = new EntryClock(clock),
        });
    }

    public int Count => _entries.Count;

    /// <exception cref="ObjectDisposedException">The provider was disposed.</exception>
    public TokenEntry GetOrAdd(TokenEntryKey key, Func<TokenEntry> create)
    {
        ObjectDisposedException.ThrowIf(_disposed, typeof(ICognitoTokenProvider));
        if (_entries.TryGetValue(key, out TokenEntry? found))
            return found!;

        lock (_adding[(uint)key.GetHashCode() % _adding.Length])
        {
            if (_entries.TryGetValue(key, out found))
                return found!;

            MakeRoom();
            return _entries.Set(key, create(), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = _idle });
        }
    }

    /// <summary>The entries whose keys match.</summary>
    public IReadOnlyList<(TokenEntryKey Key, TokenEntry Entry)> FindAll(Predicate<TokenEntryKey> matches)
    {
        var found = new List<(TokenEntryKey, TokenEntry)>();
        if (_disposed)
            return found;

        foreach (var key in _entries.Keys.OfType<TokenEntryKey>().Where(key => matches(key)))
        {
            if (_entries.TryGetValue(key, out TokenEntry? entry))
                found.Add((key, entry!));
        }

        return found;
    }

    public void Remove(TokenEntryKey key)
    {
        if (!_disposed)
            _entries.Remove(key);
    }

    public void Dispose()
    {
        _disposed = true;
        _entries.Dispose();
    }

    // A full MemoryCache refuses new entries and makes room only later. A refused entry would fetch a token for every call.
    private void MakeRoom()
    {
        if (_entries.Count < _capacity)
            return;

        lock (_makingRoom)
        {
            if (_entries.Count >= _capacity)
                _entries.Compact(0.05);
        }
    }

    private sealed class EntryClock(MonotonicClock clock) : ISystemClock
    {
        public DateTimeOffset UtcNow => DateTimeOffset.UnixEpoch + clock.Now;
    }
}
