using CognitoM2M.Settings;
using CognitoM2M.Time;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Internal;

namespace CognitoM2M.Cache;

/// <summary>
/// All entries, bounded: the least used go when there are too many, and those not used for longer than any token lives.
/// "Used" is noticed where an entry is looked up: on its way to Cognito and for per-call scopes, not for each held token handed out.
/// </summary>
internal sealed class TokenEntryStore : IDisposable
{
    public const int DefaultCapacity = 20_000;

    // A token lives for a day at most, so an entry in use comes by here at least that often.
    private static readonly TimeSpan _idle = TimeSpan.FromHours(25);

    // Adding takes the lock of its key alone, one of these, so that tenants do not queue up behind each other.
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
            // As many may be added at the same moment, each having seen that there is room.
            SizeLimit = capacity + _adding.Length,
            // The cache's own clock is the wall clock, and a jump of that would throw every token away.
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

        MakeRoom();
        lock (_adding[(uint)key.GetHashCode() % _adding.Length])
        {
            if (_entries.TryGetValue(key, out found))
                return found!;

            return _entries.Set(key, create(), new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = _idle });
        }
    }

    public TokenEntry? Find(TokenEntryKey key) => _entries.TryGetValue(key, out TokenEntry? found) ? found : null;

    /// <summary>Drops the entries of a client that is gone.</summary>
    public void Remove(Predicate<TokenEntryKey> isGone)
    {
        if (_disposed)
            return;

        foreach (var key in _entries.Keys.OfType<TokenEntryKey>().Where(key => isGone(key)).ToList())
            _entries.Remove(key);
    }

    public void Dispose()
    {
        _disposed = true;
        _entries.Dispose();
    }

    // A full cache refuses new entries and makes room only later; an entry that is refused would fetch for every call.
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
