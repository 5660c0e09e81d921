using CognitoM2M.Testing;
using Microsoft.Extensions.Caching.Distributed;

namespace CognitoM2M.Tests.Sharing;

/// <summary>A distributed cache whose reads return what was stored some time ago, as a replica does.</summary>
internal sealed class LaggingStore(ManualClock clock, TimeSpan lag) : IDistributedCache
{
    private readonly List<(string Key, byte[]? Value, TimeSpan WrittenAt)> _writes = [];

    public Task<byte[]?> GetAsync(string key, CancellationToken token = default) =>
        Task.FromResult(_writes.LastOrDefault(write => write.Key == key && write.WrittenAt <= clock.GetElapsedTime(0) - lag).Value);

    public Task SetAsync(string key, byte[] value, DistributedCacheEntryOptions options, CancellationToken token = default)
    {
        _writes.Add((key, value, clock.GetElapsedTime(0)));
        return Task.CompletedTask;
    }

    public Task RemoveAsync(string key, CancellationToken token = default)
    {
        _writes.Add((key, null, clock.GetElapsedTime(0)));
        return Task.CompletedTask;
    }

    public byte[]? Get(string key) => throw new NotSupportedException();

    public void Set(string key, byte[] value, DistributedCacheEntryOptions options) => throw new NotSupportedException();

    public void Refresh(string key) => throw new NotSupportedException();

    public Task RefreshAsync(string key, CancellationToken token = default) => throw new NotSupportedException();

    public void Remove(string key) => throw new NotSupportedException();
}
