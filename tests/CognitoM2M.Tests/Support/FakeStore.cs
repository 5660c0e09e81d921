using System.Collections.Concurrent;
using CognitoM2M.Testing;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Tests.Support;

/// <summary>A distributed cache in memory. The test sets its contents, its failures and its clock.</summary>
internal sealed class FakeStore(ManualClock clock) : IDistributedCache
{
    /// <summary>The stored values, each with the time at which the value expires.</summary>
    public ConcurrentDictionary<string, (byte[] Value, TimeSpan ExpiresAt)> Entries { get; } = new(StringComparer.Ordinal);

    /// <summary>Runs before each operation. It may throw, hang, or block its thread.</summary>
    public Func<CancellationToken, Task> Before { get; set; } = _ => Task.CompletedTask;

    /// <summary>The names of all operations that began, in order: get, set, remove.</summary>
    public ConcurrentQueue<string> History { get; } = new();

    public int Operations => History.Count;

    public byte[]? Get(string key) => throw new NotSupportedException();

    public async Task<byte[]?> GetAsync(string key, CancellationToken token = default)
    {
        History.Enqueue("get");
        await Before(token);
        return Entries.TryGetValue(key, out var entry) && clock.GetElapsedTime(0) < entry.ExpiresAt ? entry.Value : null;
    }

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public async Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        History.Enqueue("set");
        await Before(token);
        Entries[key] = (value, clock.GetElapsedTime(0) + options.AbsoluteExpirationRelativeToNow!.Value);
    }

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();

    public async Task RemoveAsync(string key, CancellationToken token = default)
    {
        History.Enqueue("remove");
        await Before(token);
        Entries.TryRemove(key, out _);
    }
}
